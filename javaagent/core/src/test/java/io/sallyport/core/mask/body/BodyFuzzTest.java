package io.sallyport.core.mask.body;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sallyport.core.mask.BodyMaskPlan;
import io.sallyport.core.mask.BodyMasker;
import io.sallyport.core.mask.BodyRefusedException;
import io.sallyport.core.mask.function.MaskingFunctions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** A secret where a rule says so never comes through, wherever the body is cut and whatever stands around it. */
@EnabledIfEnvironmentVariable(
        named = "JAZZER_FUZZ",
        matches = ".+",
        disabledReason = "FuzzInputsTest runs the kept inputs")
public class BodyFuzzTest {

    private static final String SECRET = "zq7-secret-9xk";
    private static final BodyMaskPlan PLAN =
            BodyMaskers.plan(List.of(new BodyRule.Key("r", "pin", MaskingFunctions.redact())));
    private static final BodyMaskPlan DETECT =
            BodyMaskers.plan(List.of(new BodyRule.Detect("r", Set.of("EMAIL"), MaskingFunctions.redact())));
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .build();

    /** The masked body, cut at {@code cuts}; {@code null} where it's refused. */
    private static byte @Nullable [] mask(BodyMaskPlan plan, String type, byte[] body, int... cuts) throws IOException {
        BodyMasker masker = plan.masker(type);
        if (masker == null) {
            return body;
        }
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
        } catch (BodyRefusedException e) {
            return null;
        }
        return out.toByteArray();
    }

    private static void assertHidden(BodyMaskPlan plan, String type, String body, int cut, String secret)
            throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        byte[] whole = mask(plan, type, bytes);
        byte[] parts = mask(plan, type, bytes, cut, cut + 1, cut + 7);
        assertThat(whole == null).as("refused, %s: %s", type, body).isEqualTo(parts == null);
        if (whole != null && parts != null) {
            assertThat(new String(parts, StandardCharsets.UTF_8)).isEqualTo(new String(whole, StandardCharsets.UTF_8));
            assertThat(new String(whole, StandardCharsets.UTF_8))
                    .as("%s: %s", type, body)
                    .doesNotContain(secret);
        }
    }

    @FuzzTest(maxDuration = "4m")
    @DictionaryEntries({"{\"", "\":", "[", "]", "}", "\\u0070", "\"pin\"", "\\\"", "1e9", "true", "null"})
    public void aJsonDocumentLosesTheSecretAndNothingElse(byte[] input) throws IOException {
        byte[] masked = mask(PLAN, "application/json", input, input.length / 3, input.length / 2);
        byte[] whole = mask(PLAN, "application/json", input);
        assertThat(masked).isEqualTo(whole);
        JsonNode before;
        try {
            before = JSON.readTree(input);
        } catch (JsonProcessingException invalid) {
            return;
        } catch (IOException | NumberFormatException invalid) {
            return;
        }
        if (before == null || before.isMissingNode() || whole == null) {
            return;
        }
        assertSame(before, JSON.readTree(whole), false);
    }

    /** Whether a name is the key in any spelling. */
    private static boolean isPin(String name) {
        return name.replaceAll("(?<=[\\p{L}\\p{N}])[_ -](?=[\\p{L}\\p{N}])", "").equalsIgnoreCase("pin");
    }

    private static void assertSame(JsonNode before, JsonNode after, boolean secret) {
        assertThat(after.isContainerNode()).isEqualTo(before.isContainerNode());
        if (before.isContainerNode()) {
            assertThat(after.size()).isEqualTo(before.size());
            before.fields()
                    .forEachRemaining(field ->
                            assertSame(field.getValue(), after.get(field.getKey()), secret || isPin(field.getKey())));
            for (int i = 0; before.isArray() && i < before.size(); i++) {
                assertSame(before.get(i), after.get(i), secret);
            }
        } else if (!secret) {
            // A text that begins like a document and names the key is one, or hidden as half of one.
            String text = before.asText().strip();
            boolean document = text.startsWith("{") || text.startsWith("[") || text.startsWith("\"");
            String letters = text.replaceAll("[_ -]", "").toUpperCase(Locale.ROOT);
            if (!document || !(letters.contains("PIN") || text.contains("\\u"))) {
                assertThat(after).isEqualTo(before);
            }
        } else if (before.isTextual() && before.textValue().length() > 3) {
            assertThat(after.asText()).isNotEqualTo(before.asText());
        }
    }

    @FuzzTest(maxDuration = "4m")
    public void aSecretAmongAnyNeighboursIsHidden(byte[] input) throws IOException {
        int cut = input.length == 0 ? 0 : 2 * (input[0] & 0xff);
        int middle = input.length / 2;
        // Without a declared charset, zeros at the start mean UTF-16 or UTF-32 (RFC 4627), whose reader sees no secret
        // either.
        String before = new String(input, 0, middle, StandardCharsets.UTF_8).replace("\0", "");
        String after = new String(input, middle, input.length - middle, StandardCharsets.UTF_8);
        String json = JSON.writeValueAsString(List.of(before, Map.of("pin", SECRET), after));
        assertHidden(PLAN, "application/json", json, cut, SECRET);
        assertHidden(PLAN, "application/x-ndjson", json + "\n" + json, cut, SECRET);
        assertHidden(PLAN, "text/event-stream", "data: " + json + "\n\n", cut, SECRET);
        assertHidden(
                PLAN,
                "application/x-www-form-urlencoded",
                "a=" + encode(before) + "&pin=" + SECRET + "&b=" + encode(after),
                cut,
                SECRET);
        assertHidden(
                PLAN,
                "text/csv",
                "a,pin,b\r\n" + quote(before) + "," + SECRET + "," + quote(after) + "\r\n",
                cut,
                SECRET);
        assertHidden(
                PLAN,
                "application/xml",
                "<r a=\"" + escape(before) + "\"><b>" + escape(before) + "</b><pin>" + SECRET + "</pin>" + escape(after)
                        + "</r>",
                cut,
                SECRET);
        assertHidden(DETECT, "text/plain", before + " jane.doe@example.com " + after, cut, "jane.doe@example.com");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String quote(String text) {
        return '"' + text.replace("\"", "\"\"").replace("\0", "") + '"';
    }

    /** As XML 1.0 allows it. */
    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints()
                .filter(c -> c == '\t' || c == '\n' || c >= ' ' && c < 0xd800 || c >= 0xe000 && c < 0xfffe)
                .forEach(c -> {
                    switch (c) {
                        case '<' -> escaped.append("&lt;");
                        case '&' -> escaped.append("&amp;");
                        case '>' -> escaped.append("&gt;");
                        case '"' -> escaped.append("&quot;");
                        default -> escaped.appendCodePoint(c);
                    }
                });
        return escaped.toString();
    }
}
