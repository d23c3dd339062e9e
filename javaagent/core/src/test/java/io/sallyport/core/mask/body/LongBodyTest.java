package io.sallyport.core.mask.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.mask.BodyMasker;
import io.sallyport.core.mask.BodyRefusedException;
import io.sallyport.core.mask.function.MaskingFunctions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values and bodies that no buffer holds as a whole. */
class LongBodyTest {
    private static final BodyRule KEY = new BodyRule.Key("k", "a", MaskingFunctions.redact());
    private static final BodyRule EMAIL = new BodyRule.Detect("d", Set.of("EMAIL"), MaskingFunctions.redact());

    private static String mask(BodyRule rule, String type, String body) throws IOException {
        BodyMasker masker = BodyMaskers.plan(List.of(rule)).masker(type);
        return new String(
                masker.over(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)))
                        .readAllBytes(),
                StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(ints = {65_530, 65_536, 65_540, 1_000_000})
    void longValueUnderARuleIsReplaced(int length) throws IOException {
        String secret = "s".repeat(length);
        assertThat(mask(KEY, "application/json", "{\"a\":\"" + secret + "\",\"b\":1}"))
                .isEqualTo("{\"a\":\"***\",\"b\":1}");
        assertThat(mask(KEY, "application/xml", "<r><a>" + secret + "</a></r>")).isEqualTo("<r><a>***</a></r>");
        assertThat(mask(KEY, "text/csv", "a,b\n" + secret + ",1")).isEqualTo("a,b\n***,1");
        assertThat(mask(KEY, "application/x-www-form-urlencoded", "a=" + secret + "&b=1"))
                .isEqualTo("a=***&b=1");
        assertThat(mask(KEY, "application/json", "{\"a\":" + "1".repeat(length) + "}"))
                .isEqualTo("{\"a\":0}");
    }

    /** An address at every place around the border of the window that the detectors see. */
    @Test
    void findingAtTheBorderOfAWindowIsMasked() throws IOException {
        for (int before = DetectWindow.WINDOW - DetectWindow.OVERLAP - 40;
                before < DetectWindow.WINDOW + 20;
                before += 19) {
            if (before > DetectWindow.WINDOW - DetectWindow.OVERLAP + 40 && before < DetectWindow.WINDOW - 40) {
                before = DetectWindow.WINDOW - 40;
            }
            String filler = "x ".repeat(before / 2) + (before % 2 == 0 ? "" : " ");
            String tail = " y".repeat(30_000);
            String clear = filler + "alice@example.com" + tail;
            String masked = filler + "***" + tail;
            assertThat(mask(EMAIL, "text/plain", clear).equals(masked))
                    .as("text, %d before", before)
                    .isTrue();
            assertThat(mask(EMAIL, "application/json", "[\"" + clear + "\",\"\\u00e9\"]")
                            .equals("[\"" + masked + "\",\"\\u00e9\"]"))
                    .as("JSON, %d before", before)
                    .isTrue();
        }
    }

    @Test
    void longEscapedTextKeepsItsEscapes() throws IOException {
        String text = "\\u0041\\n\\\"\u20ac\ud83d\ude00 ".repeat(40_000);
        String body = "{\"t\":\"" + text + "alice@example.com " + text + "\"}";
        String expected = "{\"t\":\"" + text + "*** " + text + "\"}";
        assertThat(mask(EMAIL, "application/json", body).equals(expected)).isTrue();
    }

    @Test
    void deepNestingIsRefusedAndDoesNotOverflow() {
        String json = "[".repeat(200_000);
        String xml = "<a>".repeat(200_000);
        assertThatThrownBy(() -> mask(KEY, "application/json", json)).isInstanceOf(BodyRefusedException.class);
        assertThatThrownBy(() -> mask(KEY, "application/xml", xml)).isInstanceOf(BodyRefusedException.class);
    }

    @Test
    void largeBodyIsReleasedAsItArrives() throws IOException {
        BodyMasker masker = BodyMaskers.plan(List.of(KEY)).masker("application/json");
        byte[] open = "{\"x\":[".getBytes(StandardCharsets.UTF_8);
        byte[] piece =
                "{\"a\":\"secret\",\"b\":[1,2,3],\"c\":\"text\"},".repeat(200).getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        masker.update(open, 0, open.length, out);
        for (int i = 0; i < 50; i++) {
            out.reset();
            masker.update(piece, 0, piece.length, out);
            assertThat(out.size()).isGreaterThan(piece.length / 2);
        }
    }

    @Test
    void plansPassWhatNoRuleConcerns() {
        assertThat(BodyMaskers.plan(List.of())).isSameAs(io.sallyport.core.mask.BodyMaskPlan.NONE);
        assertThat(BodyMaskers.plan(List.of(KEY)).masker("image/png")).isNull();
        assertThat(BodyMaskers.plan(List.of(KEY)).masker("application/pdf")).isNull();
        assertThat(BodyMaskers.plan(List.of(new BodyRule.Path("p", "$.a", MaskingFunctions.redact())))
                        .masker("application/xml"))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.b",
                "",
                "$a",
                "$.",
                "$.a[",
                "$.a[-1]",
                "$.a[0:2]",
                "$.a[?(@.b)]",
                "$['a','b']",
                "$.a*",
                "/",
                "/a/",
                "/a[1]",
                "/@a/b",
                "//",
                "/a/text()"
            })
    void pathThatIsNotUnderstoodIsRefusedWhenBuilt(String path) {
        assertThatThrownBy(() -> new BodyRule.Path("p", path, MaskingFunctions.redact()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** A reader that counts broken sequences otherwise than the masker would see the value's end. */
    @ParameterizedTest
    @ValueSource(ints = {0, 10, 140_000})
    void brokenSequencesBeforeAValueMoveNoMask(int before) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write("x".repeat(before).getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < 9; i++) {
            body.write(new byte[] {' ', (byte) 0xE2, (byte) 0x82, ' ', (byte) 0xF0, (byte) 0x9F, (byte) 0x98});
        }
        body.write(" mail mallory@secret-host.example now".getBytes(StandardCharsets.UTF_8));
        BodyMasker masker = BodyMaskers.plan(
                        List.of(new BodyRule.Detect("d", Set.of("EMAIL"), MaskingFunctions.redact())))
                .masker("text/plain");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        masker.update(body.toByteArray(), 0, body.size(), out);
        masker.finish(out);
        assertThat(out.toString(StandardCharsets.ISO_8859_1)).endsWith(" mail *** now");
    }
}
