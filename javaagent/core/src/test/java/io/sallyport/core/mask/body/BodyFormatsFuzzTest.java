package io.sallyport.core.mask.body;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sallyport.core.mask.BodyMaskPlan;
import io.sallyport.core.mask.BodyMasker;
import io.sallyport.core.mask.BodyRefusedException;
import io.sallyport.core.mask.function.MaskingFunctions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;

/**
 * Well-formed documents of each format, made of the fuzzer's bytes, with secrets under a key: what comes out is the same document, byte for byte, with
 * the secrets masked, wherever it is cut. Any other bytes give the same wherever they are cut, and never the words of an exception that is no
 * refusal.
 */
@EnabledIfEnvironmentVariable(
        named = "JAZZER_FUZZ",
        matches = ".+",
        disabledReason = "FuzzInputsTest runs the kept inputs")
public class BodyFormatsFuzzTest {
    private static final String SECRET = "zq7-secret-9xk";
    private static final BodyMaskPlan PLAN =
            BodyMaskers.plan(List.of(new BodyRule.Key("r", "pin", MaskingFunctions.redact())));

    /** The fuzzer's bytes as choices and texts, and the two documents that are made of them. */
    private static final class Source {
        private final byte[] input;
        private int at;
        final StringBuilder clear = new StringBuilder();
        final StringBuilder masked = new StringBuilder();

        Source(byte[] input) {
            this.input = input;
        }

        int below(int bound) {
            return at < input.length ? (input[at++] & 0xFF) % bound : 0;
        }

        boolean more() {
            return at < input.length;
        }

        /** Text of no format's structure that is no document and names nothing. */
        String text(String forbidden) {
            int length = Math.min(below(24), input.length - at);
            String raw = new String(input, at, length, StandardCharsets.UTF_8);
            at += length;
            StringBuilder text = new StringBuilder();
            raw.codePoints()
                    .filter(c -> c >= ' ' && (c < 0xD800 || c > 0xDFFF) && c != 0xFEFF && c < 0xFFFD)
                    .filter(c -> forbidden.indexOf(c) < 0)
                    .forEach(text::appendCodePoint);
            return "x" + text;
        }

        void same(String text) {
            clear.append(text);
            masked.append(text);
        }

        void secret(String written, String maskedAs) {
            clear.append(written);
            masked.append(maskedAs);
        }
    }

    private static void assertMasked(String type, Source document, int cut) throws IOException {
        byte[] clear = document.clear.toString().getBytes(StandardCharsets.UTF_8);
        String whole = mask(type, clear);
        assertThat(whole).isEqualTo(document.masked.toString());
        assertThat(whole).doesNotContain(SECRET);
        assertThat(mask(type, clear, cut, cut + 1, cut + 9)).isEqualTo(whole);
    }

    private static void assertSameWhereverCut(String type, byte[] body) throws IOException {
        String whole = mask(type, body);
        assertThat(mask(type, body, body.length / 3, body.length / 2)).isEqualTo(whole);
        if (body.length < 200) {
            int[] every = new int[body.length];
            for (int i = 0; i < every.length; i++) {
                every[i] = i;
            }
            assertThat(mask(type, body, every)).isEqualTo(whole);
        }
    }

    private static String mask(String type, byte[] body, int... cuts) throws IOException {
        BodyMasker masker = PLAN.masker(type);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int from = 0;
        try {
            for (int cut : cuts) {
                int to = Math.max(from, Math.min(body.length, cut));
                masker.update(body, from, to - from, out);
                from = to;
            }
            masker.update(body, from, body.length - from, out);
            masker.finish(out);
        } catch (BodyRefusedException refused) {
            return "refused";
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String spelling(Source source) {
        return List.of("pin", "PIN", "Pin", "p-i-n", "p_in").get(source.below(5));
    }

    @FuzzTest(maxDuration = "100s")
    public void xmlStaysTheDocumentThatItWas(byte[] input) throws IOException {
        Source source = new Source(input);
        int cut = 2 * source.below(256);
        source.same("<r>");
        elements(source, 0);
        source.same("</r>");
        assertMasked("application/xml", source, cut);
        assertSameWhereverCut("application/xml", input);
        assertWellFormedStaysSo(input);
    }

    private static void elements(Source source, int depth) {
        while (source.more() && source.clear.length() < 4000) {
            String text = source.text("<>&\"'");
            switch (source.below(8)) {
                case 0 -> {
                    String name = spelling(source);
                    source.same("<" + name + ">");
                    source.secret("<![CDATA[" + SECRET + "]]>", "***");
                    source.same("</" + name + " >");
                }
                case 1 -> {
                    source.same("<a b='" + text + "' " + spelling(source) + " = \"");
                    source.secret(SECRET + "&amp;", "***");
                    source.same("\"/>");
                }
                case 2 -> {
                    source.same("<Pin><c d=\"");
                    source.secret(text + SECRET, "***");
                    source.same("\">");
                    source.secret("&#122;" + SECRET + text, "***");
                    source.same("</c>\t</Pin>");
                }
                case 3 -> source.same("<!-- " + text.replace("-", "") + " -->");
                case 4 -> source.same("<?p " + text.replace("?", "") + "?>");
                case 5 -> source.same("&lt;" + text + "&#x41;");
                case 6 -> source.same("<![CDATA[" + text.replace("]", "") + "]]>");
                default -> {
                    if (depth < 20) {
                        source.same("<e>" + text);
                        elements(source, depth + 1);
                        source.same("</e>");
                    }
                    return;
                }
            }
        }
    }

    /** What Java's parser reads it reads after masking as well, as the same elements. */
    private static void assertWellFormedStaysSo(byte[] input) throws IOException {
        Document before = parse(input);
        String masked = before == null ? "refused" : mask("application/xml", input);
        if (before != null && !masked.equals("refused")) {
            Document after = parse(masked.getBytes(StandardCharsets.UTF_8));
            assertThat(after).as("well-formed").isNotNull();
            assertThat(after.getElementsByTagName("*").getLength())
                    .isEqualTo(before.getElementsByTagName("*").getLength());
        }
    }

    private static Document parse(byte[] input) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(new ByteArrayInputStream(input));
        } catch (SAXException | IOException noXml) {
            return null;
        } catch (ParserConfigurationException e) {
            throw new IOException(e);
        }
    }

    @FuzzTest(maxDuration = "100s")
    public void aTableStaysTheTableThatItWas(byte[] input) throws IOException {
        Source source = new Source(input);
        int cut = 2 * source.below(256);
        String delimiter = List.of(",", ";", "\t", "|").get(source.below(4));
        String end = source.below(2) == 0 ? "\n" : "\r\n";
        source.same("a" + delimiter + (source.below(2) == 0 ? "pin" : "\"PIN\"") + delimiter + "c" + end);
        while (source.more() && source.clear.length() < 4000) {
            field(source, source.text(",;\t|\""));
            source.same(delimiter);
            switch (source.below(3)) {
                case 0 -> source.secret(SECRET, "***");
                case 1 -> {
                    source.same("\"");
                    source.secret(SECRET + delimiter + "\"\"\n", "***");
                    source.same("\"");
                }
                default -> {}
            }
            source.same(delimiter);
            field(source, source.text(",;\t|\""));
            source.same(end);
        }
        assertMasked("text/csv", source, cut);
        assertSameWhereverCut("text/csv", input);
        assertSameWhereverCut("text/tab-separated-values", input);
    }

    private static void field(Source source, String text) {
        switch (source.below(3)) {
            case 0 -> source.same(text);
            case 1 -> source.same("\"" + text + ",;\t|\n\"\"" + "\"");
            default -> {}
        }
    }

    @FuzzTest(maxDuration = "60s")
    public void aFormStaysTheFormThatItWas(byte[] input) throws IOException {
        Source source = new Source(input);
        int cut = 2 * source.below(256);
        source.same("first=1");
        while (source.more() && source.clear.length() < 4000) {
            source.same("&");
            String text = URLEncoder.encode(source.text(""), StandardCharsets.UTF_8);
            switch (source.below(4)) {
                case 0 -> {
                    source.same(spelling(source) + "=");
                    source.secret(SECRET + text, "***");
                }
                case 1 -> {
                    source.same("a%5Bpin%5D[]=");
                    source.secret("%7A" + SECRET + "+", "***");
                }
                case 2 -> source.same(text + "=" + text);
                default -> source.same("pins=" + text.toLowerCase(java.util.Locale.ROOT));
            }
        }
        assertMasked("application/x-www-form-urlencoded", source, cut);
        assertSameWhereverCut("application/x-www-form-urlencoded", input);
    }

    @FuzzTest(maxDuration = "60s")
    public void eventsStayTheEventsThatTheyWere(byte[] input) throws IOException {
        Source source = new Source(input);
        int cut = 2 * source.below(256);
        String end = List.of("\n", "\r\n", "\r").get(source.below(3));
        while (source.more() && source.clear.length() < 4000) {
            String text = source.text("\"\\");
            switch (source.below(4)) {
                case 0 -> {
                    source.same("id: " + text + end + "data: {\"" + text + "\":1,\"" + spelling(source) + "\" :");
                    source.secret("\"" + SECRET + text + "\"", "\"***\"");
                    source.same("}" + end + end);
                }
                case 1 -> {
                    source.same("data:[1," + end + "data:{\"pin\":");
                    source.secret("\"" + SECRET + "\"", "\"***\"");
                    source.same(",\"b\":2.50}" + end + "data: ]" + end + "event: " + text + end + end);
                }
                case 2 -> source.same(": " + text + end + end);
                default -> source.same("data: " + text + end + end);
            }
        }
        assertMasked("text/event-stream", source, cut);
        assertSameWhereverCut("text/event-stream", input);
    }

    @FuzzTest(maxDuration = "60s")
    public void partsStayThePartsThatTheyWere(byte[] input) throws IOException {
        Source source = new Source(input);
        int cut = 2 * source.below(256);
        source.same("--bb\r\nContent-Disposition: form-data; name=\"first\"\r\n\r\n1\r\n");
        while (source.more() && source.clear.length() < 4000) {
            String text = source.text("\"\\");
            source.same("--bb\r\n");
            switch (source.below(4)) {
                case 0 -> {
                    source.same("Content-Disposition: form-data; name=\"" + spelling(source) + "\"\r\n\r\n");
                    source.secret(SECRET + text + "\r\n-", "***");
                }
                case 1 -> {
                    source.same("Content-Type: application/json\r\nX-A: y\r\n\r\n{\"" + text + "\":0,\"pin\":");
                    source.secret("\"" + SECRET + "\"", "\"***\"");
                    source.same("}");
                }
                case 2 -> {
                    source.same("Content-Type: text/csv\r\n\r\na,pin\r\n1,");
                    source.secret(SECRET, "***");
                }
                default -> source.same("Content-Type: text/plain; charset=utf-8\r\n\r\n" + text + "\r\n--b");
            }
            source.same("\r\n");
        }
        source.same("--bb--\r\n");
        assertMasked("multipart/form-data; boundary=bb", source, cut);
        assertSameWhereverCut("multipart/mixed; boundary=bb", input);
    }
}
