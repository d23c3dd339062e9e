package io.sallyport.core.mask.body;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.mask.BodyMasker;
import io.sallyport.core.mask.BodyRefusedException;
import io.sallyport.core.mask.function.MaskingFunctions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random documents of every format with secrets under a key, in values that a detector knows, and at random places of the notation
 * (escapes, comments, quotes). Whole, cut short and damaged, in random pieces: the secret never leaves, and what leaves of a whole
 * document still has its harmless values. 2,000 documents a format, 400,000 under {@code -Psoak}.
 */
class NoSecretInAnyBodyTest {
    private static final int COUNT = Boolean.getBoolean("sallyport.soak") ? 400_000 : 2_000;
    private static final String SECRET = "zQ7secretQz";
    private static final String MAIL = "mallory@secret-host.example";
    private static final String HARMLESS = "harmless";

    private static final List<BodyRule> RULES = List.of(
            new BodyRule.Key("k", "pin", MaskingFunctions.redact()),
            new BodyRule.Detect("d", Set.of("EMAIL"), MaskingFunctions.redact()));

    enum Format {
        JSON("application/json"),
        JSON_AS_TEXT("text/plain"),
        NDJSON("application/x-ndjson"),
        XML("application/xml"),
        CSV("text/csv"),
        TSV("text/tab-separated-values"),
        FORM("application/x-www-form-urlencoded"),
        EVENTS("text/event-stream"),
        MULTIPART("multipart/form-data; boundary=xx");

        final String type;

        Format(String type) {
            this.type = type;
        }

        String document(Random random) {
            return switch (this) {
                case JSON, JSON_AS_TEXT -> "{\"first\":" + json(random, 0) + "}";
                case NDJSON -> json(random, 0) + "\n" + json(random, 1) + "\n";
                case XML -> "<r>" + xml(random, 0) + "</r>";
                case CSV -> table(random, random.nextBoolean() ? "," : ";");
                case TSV -> table(random, "\t");
                case FORM -> form(random);
                case EVENTS -> "id: 1\ndata: " + json(random, 1) + "\n\ndata: hello " + MAIL + "\n\n";
                case MULTIPART -> multipart(random);
            };
        }
    }

    private static String string(Random random, String text) {
        StringBuilder json = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            json.append(random.nextInt(6) == 0 ? String.format("\\u%04x", (int) c) : String.valueOf(c));
        }
        return json.append('"').toString();
    }

    private static String space(Random random) {
        return " \t".substring(0, random.nextInt(3));
    }

    private static String json(Random random, int depth) {
        return switch (random.nextInt(depth > 4 ? 4 : 7)) {
            case 0 -> string(random, "x " + MAIL + " y");
            case 1 -> string(random, HARMLESS + "\u00e9\ud83d\ude00");
            case 2 -> "-12.50e+3";
            case 3 -> "{" + string(random, "pin") + space(random) + ":" + hidden(random) + "}";
            case 4 -> "[" + json(random, depth + 1) + "," + space(random) + json(random, depth + 1) + "]";
            case 5 ->
                "{" + string(random, HARMLESS) + ":" + json(random, depth + 1) + "," + string(random, "pin") + ":"
                        + hidden(random) + "," + string(random, MAIL) + ":null}";
            default -> "{\"a\":" + json(random, depth + 1) + ",\"a\":" + json(random, depth + 1) + "}";
        };
    }

    private static String hidden(Random random) {
        String secret = string(random, SECRET);
        return switch (random.nextInt(4)) {
            case 0 -> "[" + secret + ",true,{\"q\":" + secret + "}]";
            case 1 -> "{\"deep\":[[" + secret + "]]}";
            default -> secret;
        };
    }

    private static String references(Random random, String text) {
        StringBuilder xml = new StringBuilder();
        for (char c : text.toCharArray()) {
            switch (random.nextInt(9)) {
                case 0 -> xml.append("&#").append((int) c).append(';');
                case 1 -> xml.append("&#x000").append(Integer.toHexString(c)).append(';');
                default -> xml.append(c);
            }
        }
        return xml.toString();
    }

    private static String xml(Random random, int depth) {
        return switch (random.nextInt(depth > 4 ? 5 : 8)) {
            case 0 -> references(random, " " + MAIL + " ");
            case 1 -> "<a n='" + references(random, MAIL) + "'>" + HARMLESS + "</a>";
            case 2 -> "<p:pin>" + references(random, SECRET) + "</p:pin>";
            case 3 ->
                "<pin><![CDATA[" + SECRET + "]]><!--" + SECRET + "--><b c=\"" + SECRET + "\">" + SECRET + "</b></pin>";
            case 4 -> "<a pin = \"" + references(random, SECRET) + "\"/>";
            case 5 -> "<b><![CDATA[ " + MAIL + " ]]></b>";
            case 6 -> "<!-- " + MAIL + " -->" + xml(random, depth + 1);
            default -> "<c>" + xml(random, depth + 1) + "</c>" + xml(random, depth + 1);
        };
    }

    private static String table(Random random, String delimiter) {
        StringBuilder table = new StringBuilder("id" + delimiter + "pin" + delimiter + "note\n");
        for (int i = random.nextInt(5); i >= 0; i--) {
            String secret = random.nextBoolean() ? SECRET : "\"" + SECRET + " \"\"x\"\"\"";
            String note = random.nextBoolean() ? HARMLESS : "\"to " + MAIL + ", now\"";
            table.append(i).append(delimiter).append(secret).append(delimiter).append(note);
            table.append(random.nextBoolean() ? "\n" : "\r\n");
        }
        return table.toString();
    }

    private static String percent(Random random, String text) {
        StringBuilder form = new StringBuilder();
        for (char c : text.toCharArray()) {
            boolean encodes = random.nextInt(6) == 0 || c == '@';
            form.append(encodes ? String.format("%%%02X", (int) c) : String.valueOf(c));
        }
        return form.toString();
    }

    private static String form(Random random) {
        StringBuilder form = new StringBuilder("a=" + HARMLESS);
        for (int i = random.nextInt(5); i >= 0; i--) {
            form.append(
                    switch (random.nextInt(3)) {
                        case 0 -> "&" + percent(random, "pin") + "=" + percent(random, SECRET);
                        case 1 -> "&u%5B" + percent(random, "pin") + "%5D=" + percent(random, SECRET);
                        default -> "&m=" + percent(random, MAIL);
                    });
        }
        return form.toString();
    }

    private static String multipart(Random random) {
        StringBuilder body = new StringBuilder();
        String line = random.nextInt(4) == 0 ? "\n" : "\r\n";
        for (int i = random.nextInt(4); i >= 0; i--) {
            boolean field = random.nextBoolean();
            body.append("--xx").append(line).append("Content-Disposition: form-data; name=");
            body.append(field ? "\"pin\"" : "part").append(line);
            body.append(field ? "" : "Content-Type: application/json" + line).append(line);
            body.append(field ? SECRET : json(random, 1)).append(line);
        }
        return body.append("--xx--").append(line).toString();
    }

    /** What leaves of a body, be it refused in the end. */
    private static String leaving(Random random, Format format, byte[] body) throws IOException {
        BodyMasker masker = BodyMaskers.plan(RULES).masker(format.type);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            for (int i = 0; i < body.length; ) {
                int n = Math.min(body.length - i, 1 + random.nextInt(1 + random.nextInt(40)));
                masker.update(body, i, n, out);
                i += n;
            }
            masker.finish(out);
        } catch (BodyRefusedException refused) {
            out.write("REFUSED".getBytes(StandardCharsets.UTF_8));
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void secretNeverLeaves(Format format) throws IOException {
        for (int seed = 0; seed < COUNT; seed++) {
            Random random = new Random(seed);
            String document = format.document(random);
            byte[] whole = document.getBytes(StandardCharsets.UTF_8);
            String masked = leaving(random, format, whole);
            assertThat(masked).as("%s of seed %d", document, seed).doesNotContain(SECRET, MAIL, "REFUSED");
            assertThat(count(masked)).as("%s of seed %d", document, seed).isEqualTo(count(document));

            int cut = random.nextInt(whole.length);
            String early = leaving(random, format, java.util.Arrays.copyOf(whole, cut));
            assertThat(early)
                    .as("%s of seed %d, cut at %d", document, seed, cut)
                    .doesNotContain(SECRET, MAIL);
        }
    }

    private static int count(String text) {
        int n = 0;
        for (int i = text.indexOf(HARMLESS); i >= 0; i = text.indexOf(HARMLESS, i + 1)) {
            n++;
        }
        return n;
    }

    /** One byte before it changed: what is still read as a document masks the secret, everything else is refused before it. */
    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"JSON", "XML", "NDJSON"})
    void damageBeforeASecretDoesNotLetItOut(Format format) throws IOException {
        for (int seed = 0; seed < COUNT; seed++) {
            Random random = new Random(seed);
            String secret = format == Format.XML ? "<pin>" + SECRET + "</pin>" : "{\"pin\":\"" + SECRET + "\"}";
            String before = format == Format.XML ? "<r>" + xml(random, 2) : "[" + json(random, 2) + ",";
            byte[] body = (before + secret + (format == Format.XML ? "</r>" : "]")).getBytes(StandardCharsets.UTF_8);
            body[random.nextInt(before.length())] = (byte) random.nextInt(256);
            assertThat(leaving(random, format, body)).as("seed %d", seed).doesNotContain(secret);
        }
    }
}
