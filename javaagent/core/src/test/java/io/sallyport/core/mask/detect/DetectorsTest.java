package io.sallyport.core.mask.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sallyport.core.mask.function.MaskSpec;
import io.sallyport.core.mask.function.MaskingFunctions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DetectorsTest {

    record Value(Set<String> entities, String context, String text) {}

    static Stream<Value> corpus() throws IOException {
        try (InputStream in = DetectorsTest.class.getResourceAsStream("/mask/values.tsv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .map(parts -> new Value(
                            parts[0].equals("-") ? Set.of() : Set.of(parts[0].split(",")),
                            parts[1],
                            parts[2].replace("\\n", "\n")));
        }
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void valueHasExactlyTheExpectedEntities(Value value) {
        assertThat(Detectors.standard().entities(value.text(), value.context())).isEqualTo(value.entities());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GITHUB_TOKEN https://x-access-token:ghp_bPiARD87QbtmTXkHUzYl71ByqubnLwVRtwnx@github.com/o",
                "AWS_KEY https://AKIAQ3EGZ7XBN4LKP2WM:secretsecret12@s3.test/b",
                "EMAIL https://bob@x.test:hunter22@10.1.2.3/o",
                "GITHUB_TOKEN jdbc:x://db/orders?user=app&password=ghp_bPiARD87QbtmTXkHUzYl71ByqubnLwVRtwnx"
            })
    void whatIsInsideACredentialUrlIsFoundUnderItsOwnNameToo(String line) {
        String entity = line.substring(0, line.indexOf(' '));
        String url = line.substring(entity.length() + 1);
        assertThat(Detectors.standard().entities(url, "")).contains("CREDENTIAL_URL", entity);
        String masked = new DetectorMask(
                        new Detection(Detectors.standard(), Set.of(entity)), "", MaskingFunctions.redact())
                .text(url);
        assertThat(masked)
                .doesNotContain("ghp_", "AKIAQ3EGZ7XBN4LKP2WM", "bob@x.test")
                .startsWith(url.substring(0, 6));
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void findingsAreInOrderInsideTheValueAndApart(Value value) {
        int end = 0;
        for (Finding finding : Detectors.standard().find(value.text(), value.context())) {
            assertThat(finding.start()).isGreaterThanOrEqualTo(end);
            assertThat(finding.end())
                    .isGreaterThan(finding.start())
                    .isLessThanOrEqualTo(value.text().length());
            end = finding.end();
        }
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void findingSurvivesInsideASentence(Value value) {
        boolean alone = value.text().startsWith("-----") || value.text().isBlank();
        if (!alone && !value.entities().isEmpty()) {
            String sentence = "Meanwhile [" + value.text() + "] was seen.";
            assertThat(Detectors.standard().entities(sentence, value.context())).containsAll(value.entities());
        }
    }

    @Test
    void corpusIsLargeAndBalanced() throws IOException {
        long clean = corpus().filter(v -> v.entities().isEmpty()).count();
        long all = corpus().count();
        assertThat(all).isGreaterThan(400);
        assertThat(clean).isBetween(all * 2 / 5, all * 3 / 5);
        for (String entity : Detectors.BUILT_IN) {
            assertThat(corpus().filter(v -> v.entities().contains(entity)).count())
                    .as(entity)
                    .isGreaterThanOrEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "1 ",
                "1-",
                "12.",
                "4111 1111 ",
                "a@",
                "a@a.",
                "@",
                "eyJ",
                "eyJ.",
                "eyJhbGciOiJIUzI1NiJ9.",
                "-----BEGIN PRIVATE KEY-----",
                "-----BEGIN ",
                "://",
                "a://b:c",
                "::",
                "a:",
                "1:",
                "+1",
                "+",
                "(",
                "(1",
                "DE89",
                "GB82 WEST ",
                "AKIA",
                "ghp_",
                "\"@",
                "x@x",
                "aws ",
                "00:1A:",
                "é",
                "1.1.1.1.",
                "https://a?b;",
                "-",
                "_",
                "sk_live_",
            })
    void timeIsLinearInRepetitions(String piece) {
        String text = piece.repeat(1_000_000 / piece.length());
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(30), () -> Detectors.standard().find(text, "phone aws ssn"));
    }

    @Test
    void randomTextNeverThrows() {
        Random random = new Random(11);
        String alphabet = "0123456789-. :@/+()aAeyJkKgGhHpP_sSxXoObB=\"\n\u00e9\ud83d\ude00";
        for (int i = 0; i < (Boolean.getBoolean("sallyport.soak") ? 2_000_000 : 20_000); i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(60); n > 0; n--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            Detectors.standard().find(text, "ssn phone");
        }
    }

    @Test
    void denyListFindsWholeWordsInAnyCase() {
        Detectors detectors =
                Detectors.with(List.of(CustomDetector.denyList("PROJECT", List.of("Blue Moon", "moon", "moonshine"))));
        assertThat(detectors.find("BLUE MOON, moon! moonlight moonshine honeymoon", null))
                .containsExactly(
                        new Finding("PROJECT", 0, 9), new Finding("PROJECT", 11, 15), new Finding("PROJECT", 27, 36));
    }

    @Test
    void customExpressionsStandBesideTheBuiltInOnes() {
        Detectors detectors = Detectors.with(List.of(CustomDetector.regex("EMPLOYEE", "E\\d{6}")));
        assertThat(detectors.entities("E123456 and alice@example.com", null)).containsExactly("EMPLOYEE", "EMAIL");
        assertThat(detectors.knows("EMPLOYEE")).isTrue();
        assertThat(detectors.knows("NOBODY")).isFalse();
    }

    @Test
    void whatACustomDetectorFindsInsideSomethingTakesNothingFromWhoLooksForThat() {
        Detectors detectors = Detectors.with(List.of(CustomDetector.denyList("FIRM", List.of("acme"))));
        String text = "bob@acme.com works at Acme";
        assertThat(new Detection(detectors, Set.of("EMAIL")).find(text, null))
                .containsExactly(new Finding("EMAIL", 0, 12));
        assertThat(new Detection(detectors, Set.of("FIRM")).find(text, null))
                .containsExactly(new Finding("FIRM", 4, 8), new Finding("FIRM", 22, 26));
        assertThat(new Detection(detectors, Set.of("FIRM", "EMAIL")).find(text, null))
                .extracting(Finding::start, Finding::end)
                .containsExactly(tuple(0, 12), tuple(22, 26));
        assertThat(detectors.entities(text, null)).containsExactly("EMAIL", "FIRM");
    }

    @Test
    void customExpressionThatBacktracksForeverFindsTheWholeText() {
        Detectors detectors = Detectors.with(List.of(CustomDetector.regex("SLOW", "(a+)+$")));
        String text = "a".repeat(3000) + "b";
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThat(detectors.find(text, null)).containsExactly(new Finding("SLOW", 0, text.length())));
    }

    @Test
    void maskReplacesFindingsAndLeavesTheRest() {
        DetectorMask mask = new DetectorMask(
                new Detection(Detectors.standard(), Set.of("EMAIL", "CREDIT_CARD")),
                "",
                MaskingFunctions.of(new MaskSpec.KeepLast(4)));
        assertThat(mask.text("card 4111 1111 1111 1111 of alice@example.com, call +14155552671"))
                .isEqualTo("card ***************1111 of *************.com, call +14155552671");
        String clean = "nothing here";
        assertThat(mask.text(clean)).isSameAs(clean);
        assertThat(mask.number(4111111111111111L)).isEqualTo(1111L);
        assertThat(mask.number(new BigDecimal("12.50"))).isEqualTo(new BigDecimal("12.50"));
        byte[] binary = {1, (byte) 0xFF, 2};
        assertThat(mask.bytes(binary)).isSameAs(binary);
    }

    @Test
    void maskRecognisesItsOwnTraces() {
        DetectorMask mask =
                new DetectorMask(new Detection(Detectors.standard(), Set.of("EMAIL")), "", MaskingFunctions.redact());
        assertThat(mask.recognises(mask.text("write to alice@example.com today")))
                .isTrue();
        assertThat(mask.recognises("write to alice@example.com today")).isFalse();
    }

    @Test
    void longStreamsAreMaskedAsTheyAreReadAndOtherwiseUntouched() throws IOException {
        DetectorMask mask =
                new DetectorMask(new Detection(Detectors.standard(), Set.of("EMAIL")), "", MaskingFunctions.redact());
        StringBuilder clear = new StringBuilder();
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 40_000; i++) {
            clear.append("line \u00e9 ").append(i).append(" of alice@example.com\n");
            expected.append("line \u00e9 ").append(i).append(" of ***\n");
        }
        StringWriter read = new StringWriter();
        mask.reader(new StringReader(clear.toString())).transferTo(read);
        assertThat(read.toString().contentEquals(expected)).isTrue();
        byte[] bytes = clear.toString().getBytes(StandardCharsets.UTF_8);
        assertThat(mask.stream(new ByteArrayInputStream(bytes)).readAllBytes())
                .isEqualTo(expected.toString().getBytes(StandardCharsets.UTF_8));
        byte[] binary = new byte[300_000];
        new Random(3).nextBytes(binary);
        assertThat(Arrays.equals(mask.stream(new ByteArrayInputStream(binary)).readAllBytes(), binary))
                .as("untouched")
                .isTrue();
    }
}
