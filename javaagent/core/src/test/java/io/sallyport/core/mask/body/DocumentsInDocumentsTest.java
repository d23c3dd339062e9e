package io.sallyport.core.mask.body;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.mask.BodyMasker;
import io.sallyport.core.mask.BodyRefusedException;
import io.sallyport.core.mask.function.MaskingFunctions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JSON inside a JSON string, and JSON that a script loads, under key and path rules. */
class DocumentsInDocumentsTest {
    private static final List<BodyRule> KEY = List.of(new BodyRule.Key("r", "pin", MaskingFunctions.redact()));

    private static String mask(List<BodyRule> rules, String type, String body) throws IOException {
        String whole = mask(rules, type, body, body.length());
        for (int chunk : new int[] {1, 2, 3, 7}) {
            assertThat(mask(rules, type, body, chunk))
                    .as("in chunks of %d", chunk)
                    .isEqualTo(whole);
        }
        return whole;
    }

    private static String mask(List<BodyRule> rules, String type, String body, int chunk) throws IOException {
        BodyMasker masker = BodyMaskers.plan(rules).masker(type);
        assertThat(masker).isNotNull();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            for (int i = 0; i < bytes.length; i += Math.max(1, chunk)) {
                masker.update(bytes, i, Math.min(chunk, bytes.length - i), out);
            }
            masker.finish(out);
            return out.toString(StandardCharsets.UTF_8);
        } catch (BodyRefusedException refused) {
            assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("4711");
            return "refused";
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"m\":\"{\\\"pin\\\":\\\"4711\\\",\\\"n\\\":1}\"}|{\"m\":\"{\\\"pin\\\":\\\"***\\\",\\\"n\\\":1}\"}",
                "{\"m\":\" [{\\\"pin\\\":4711}]\"}|{\"m\":\" [{\\\"pin\\\":0}]\"}",
                "{\"m\":\"\\u007b\\u0022pin\\u0022:\\\"4711\\\"}\"}|{\"m\":\"{\\\"pin\\\":\\\"***\\\"}\"}",
                "{\"m\":\"{\\\"n\\\":\\\"4711\\\"}\"}|{\"m\":\"{\\\"n\\\":\\\"4711\\\"}\"}",
                "{\"m\":\"[INFO] 4711\"}|{\"m\":\"[INFO] 4711\"}",
                "{\"m\":\"{name} has 4711\"}|{\"m\":\"{name} has 4711\"}",
                "{\"m\":\"{\\\"pin\\\":\\\"4711\"}|{\"m\":\"***\"}",
                "{\"m\":\"[draft] the \\\"pin\\\" 4711\"}|{\"m\":\"***\"}",
                "{\"m\":\"\\\"{\\\\\\\"pin\\\\\\\":4711}\\\"\"}|{\"m\":\"\\\"{\\\\\\\"pin\\\\\\\":0}\\\"\"}",
                "[\"\\n{\\\"pin\\\":4711}\",\"\",\" \",\"x\"]|[\"\\u000a{\\\"pin\\\":0}\",\"\",\" \",\"x\"]",
                "{\"m\":\"{\\\"a\\\":{\\\"__proto__\\\":{\\\"pin\\\":4711}}}\"}|{\"m\":\"{\\\"a\\\":{\\\"__proto__\\\":{\\\"pin\\\":0}}}\"}"
            })
    void aDocumentInAStringIsMaskedAsOne(String body, String masked) throws IOException {
        assertThat(mask(KEY, "application/json", body)).isEqualTo(masked);
    }

    @Test
    void pathsReachIntoADocumentFromItsRoot() throws IOException {
        List<BodyRule> path = List.of(new BodyRule.Path("r", "$..user.pin", MaskingFunctions.redact()));
        assertThat(mask(path, "application/json", "{\"m\":\"{\\\"user\\\":{\\\"pin\\\":\\\"4711\\\"}}\"}"))
                .doesNotContain("4711");
        assertThat(mask(path, "application/json", "{\"m\":\"{\\\"user\\\":{\\\"pin\\\":\\\"4711\"}"))
                .doesNotContain("4711");
        assertThat(mask(path, "application/json", "{\"m\":\"[note] 4711\"}")).contains("4711");
    }

    @Test
    void documentsInDocumentsInDocumentsAreMaskedOrReplaced() throws IOException {
        String body = "{\"pin\":\"4711\"}";
        for (int depth = 1; depth <= 7; depth++) {
            body = "{\"m\":\"" + body.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}";
            assertThat(mask(KEY, "application/json", body))
                    .as("depth %d", depth)
                    .doesNotContain("4711");
        }
    }

    @Test
    void aLongStringThatIsNoDocumentPassesAndALongDocumentIsHidden() throws IOException {
        String plain = "{\"m\":\" " + "x".repeat(NestedDocument.LONGEST + 10) + "\"}";
        for (int chunk : new int[] {plain.length(), 8192, 6, 7}) {
            assertThat(mask(KEY, "application/json", plain, chunk))
                    .as("chunks of %d", chunk)
                    .isEqualTo(plain);
        }
        String document = "{\"m\":\"[\\\"" + "x".repeat(NestedDocument.LONGEST + 10) + "\\\"]\"}";
        for (int chunk : new int[] {document.length(), 8192, 6}) {
            assertThat(mask(KEY, "application/json", document, chunk)).isEqualTo("{\"m\":\"***\"}");
        }
    }

    @Test
    void detectorsLookAtADocumentInAStringToo() throws IOException {
        List<BodyRule> both = List.of(
                new BodyRule.Key("r", "pin", MaskingFunctions.redact()),
                new BodyRule.Detect("d", Set.of("EMAIL"), MaskingFunctions.redact()));
        assertThat(mask(both, "application/json", "{\"m\":\"{\\\"pin\\\":1,\\\"to\\\":\\\"ann@example.org\\\"}\"}"))
                .isEqualTo("{\"m\":\"{\\\"pin\\\":0,\\\"to\\\":\\\"***\\\"}\"}");
        assertThat(mask(both, "application/json", "{\"m\":\"[to] ann@example.org\"}"))
                .isEqualTo("{\"m\":\"[to] ***\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "application/javascript|cb({\"pin\":\"4711\"});|cb({\"pin\":\"***\"});",
                "text/javascript|/**/ jQuery123_4({\"a\":[{\"pin\":4711}]})|/**/ jQuery123_4({\"a\":[{\"pin\":0}]})",
                "application/json|a.b.c([{\"pin\":\"4711\"}]) ;|a.b.c([{\"pin\":\"***\"}]) ;",
                "application/json|)]}',\\n{\"pin\":\"4711\"}|)]}',\\n{\"pin\":\"***\"}",
                "application/json|while(1);[{\"pin\":\"4711\"}]|while(1);[{\"pin\":\"***\"}]",
                "application/json|for(;;);{\"pin\":\"4711)\"}|for(;;);{\"pin\":\"***\"}",
                "application/javascript|var x = {\"pin\": 4711};|var x = {\"pin\": 0};",
                "text/javascript|window.__STATE__={\"pin\":\"4711\"}|window.__STATE__={\"pin\":\"***\"}",
                "text/javascript|export default [{\"pin\":4711}];|export default [{\"pin\":0}];",
                "application/javascript|var x = {pin: 4711};|refused",
                "text/javascript|define({a: function(){}});|refused",
                "application/x-javascript|alert('4711')|refused",
                "application/javascript|cb({\"pin\":\"4711\"}); alert(1)|refused",
                "application/json|false|false",
                "application/json|)]}' nothing|refused"
            })
    void whatAScriptLoadsIsMasked(String type, String body, String masked) throws IOException {
        assertThat(mask(KEY, type, body.replace("\\n", "\n"))).isEqualTo(masked.replace("\\n", "\n"));
    }
}
