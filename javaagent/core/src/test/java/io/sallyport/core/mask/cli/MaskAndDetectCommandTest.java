package io.sallyport.core.mask.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskAndDetectCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static String mask(String line) throws Exception {
        return MaskCommand.line(JSON.readTree(line)).toString();
    }

    private static String detect(String line) throws Exception {
        return DetectCommand.line(JSON.readTree(line)).toString();
    }

    @Test
    void maskedBodyComesBackWithItsCount() throws Exception {
        assertThat(mask(
                        "{\"id\":\"7\",\"contentType\":\"application/json; charset=utf-16\",\"body\":\"{\\\"a\\\":\\\"secret\\\",\\\"b\\\":[1]}\","
                                + "\"rules\":[{\"key\":\"a\"},{\"path\":\"$.b[0]\"}]}"))
                .isEqualTo(
                        "{\"id\":\"7\",\"body\":\"{\\\"a\\\":\\\"***\\\",\\\"b\\\":[0]}\",\"masked\":2,\"outcome\":\"masked\"}");
    }

    @Test
    void bodyWithoutAnythingToMaskIsClear() throws Exception {
        assertThat(
                        mask(
                                "{\"id\":1,\"contentType\":\"application/xml\",\"body\":\"<a>ü</a>\",\"rules\":[{\"detect\":\"EMAIL\"}]}"))
                .isEqualTo("{\"id\":1,\"body\":\"<a>ü</a>\",\"masked\":0,\"outcome\":\"clear\"}");
        assertThat(mask("{\"id\":1,\"contentType\":\"image/png\",\"body\":\"x\",\"rules\":[{\"key\":\"a\"}]}"))
                .contains("\"clear\"");
    }

    @Test
    void unreadableBodyIsRefusedWithTheReason() throws Exception {
        JsonNode out = MaskCommand.line(
                JSON.readTree(
                        "{\"id\":1,\"contentType\":\"application/json\",\"body\":\"{\\\"a\\\":\\\"secret\",\"rules\":[{\"key\":\"a\"}]}"));
        assertThat(out.get("outcome").asText()).isEqualTo("refused");
        assertThat(out.get("body").isNull()).isTrue();
        assertThat(out.get("reason").asText())
                .contains("rule 1")
                .contains("JSON")
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":1}",
                "{\"id\":1,\"body\":\"x\"}",
                "{\"id\":1,\"body\":\"x\",\"rules\":[{}]}",
                "{\"id\":1,\"body\":\"x\",\"rules\":[{\"key\":\"a\",\"path\":\"$.a\"}]}",
                "{\"id\":1,\"body\":\"x\",\"rules\":[{\"kez\":\"a\"}]}",
                "{\"id\":1,\"body\":\"x\",\"rules\":[{\"path\":\"a.b\"}]}",
                "{\"id\":1,\"body\":\"x\",\"rules\":[{\"path\":\"$.a[?(@.b)]\"}]}",
                "{\"id\":1,\"body\":\"x\",\"rules\":[{\"detect\":\"NO_SUCH\"}]}",
            })
    void wrongLineGetsAnErrorAndKeepsItsId(String line) throws Exception {
        assertThat(mask(line)).startsWith("{\"id\":1,\"error\":\"");
    }

    @Test
    void detectNamesEachEntityOnceInOrder() throws Exception {
        assertThat(
                        detect(
                                "{\"id\":2,\"value\":\"a@example.com, 4111 1111 1111 1111, b@example.com\",\"context\":\"note\"}"))
                .isEqualTo("{\"id\":2,\"entities\":[\"EMAIL\",\"CREDIT_CARD\"]}");
        assertThat(detect("{\"id\":2,\"value\":4111111111111111}"))
                .isEqualTo("{\"id\":2,\"entities\":[\"CREDIT_CARD\"]}");
        assertThat(detect("{\"id\":2,\"value\":\"\",\"context\":null}")).isEqualTo("{\"id\":2,\"entities\":[]}");
        assertThat(detect("{\"id\":2,\"context\":\"x\"}")).startsWith("{\"id\":2,\"error\":");
    }
}
