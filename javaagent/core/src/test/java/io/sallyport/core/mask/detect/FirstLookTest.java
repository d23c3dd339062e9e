package io.sallyport.core.mask.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The cheap look never says no to what a detector finds. */
class FirstLookTest {

    private final Map<String, FirstLook> looks = new HashMap<>();

    FirstLookTest() {
        for (String entity : Detectors.BUILT_IN) {
            looks.put(entity, new FirstLook(Set.of(entity)));
        }
    }

    private int check(String text, String context) {
        List<Finding> found = Detectors.standard().find(text, context);
        for (Finding finding : found) {
            assertThat(looks.get(finding.entity()).mayHold(text))
                    .as("%s in: %s", finding.entity(), text)
                    .isTrue();
            byte[] raw = text.getBytes(StandardCharsets.UTF_8);
            assertThat(looks.get(finding.entity()).mayHold(raw, 0, raw.length))
                    .as("%s in the bytes of: %s", finding.entity(), text)
                    .isTrue();
        }
        return found.size();
    }

    @Test
    void everyFindingOfTheCorpusIsSeen() throws IOException {
        int findings = DetectorsTest.corpus()
                .mapToInt(v -> check(v.text(), v.context()))
                .sum();
        assertThat(findings).isGreaterThan(100);
    }

    /** Marks are counted otherwise in texts of more than a thousand characters. */
    @Test
    void everyFindingBehindManyWordsIsSeen() throws IOException {
        int findings = 0;
        for (int words : new int[] {255, 256, 300}) {
            String before = "and ".repeat(words);
            findings += DetectorsTest.corpus()
                    .mapToInt(v -> check(before + v.text(), v.context()))
                    .sum();
        }
        assertThat(findings).isGreaterThan(300);
    }

    /** As many of each mark as can be counted, and one more. */
    @Test
    void nothingButMarksIsNoFindingHoweverManyThereAre() {
        FirstLook look = new FirstLook(Set.of("JWT", "IBAN", "AWS_KEY"));
        for (String mark : List.of("-", ".", "@")) {
            for (int length : new int[] {39, 1023, 1024}) {
                assertThat(look.mayHold(mark.repeat(length))).isEqualTo(length > 39);
            }
        }
        assertThat(new FirstLook(Set.of("CREDIT_CARD", "JWT")).mayHold("1".repeat(1023)))
                .isTrue();
    }

    @Test
    void everyFindingInMixedAndDamagedValuesIsSeen() throws IOException {
        List<DetectorsTest.Value> corpus = DetectorsTest.corpus().toList();
        Random random = new Random(17);
        int findings = 0;
        for (int i = 0; i < 50_000; i++) {
            DetectorsTest.Value one = corpus.get(random.nextInt(corpus.size()));
            StringBuilder text = new StringBuilder(one.text());
            if (random.nextBoolean()) {
                text.insert(
                        random.nextInt(text.length() + 1),
                        corpus.get(random.nextInt(corpus.size())).text());
            }
            for (int edits = random.nextInt(3); edits > 0 && text.length() > 0; edits--) {
                int at = random.nextInt(text.length());
                if (random.nextBoolean()) {
                    text.deleteCharAt(at);
                } else {
                    text.insert(at, " -.@:xA5\n%\\+&".charAt(random.nextInt(13)));
                }
            }
            findings += check(text.toString(), one.context());
        }
        assertThat(findings).isGreaterThan(10_000);
    }

    @Test
    void plainNamesAndShortNumbersNeedNoSecondLook() {
        FirstLook look = new FirstLook(Set.of("CREDIT_CARD", "US_SSN", "IBAN", "AWS_KEY", "JWT", "PRIVATE_KEY"));
        assertThat(List.of("Ada Lovelace", "12 Long Road, Springfield", "person17@example.com", "2026-11-28"))
                .noneMatch(look::mayHold);
        // A card's number of digits, but no run of them.
        assertThat(List.of("b1946ac9-2f6d-4d8e-9b0a-3fc1a09be7d1", "0b946ac92f6d4d8e9b0a3fc1a09be7d1"))
                .noneMatch(new FirstLook(Set.of("CREDIT_CARD"))::mayHold);
        assertThat(look.mayHold(99_999_999L)).isFalse();
        assertThat(look.mayHold(-123_456_789L)).isTrue();
    }

    @Test
    void digitsOfEveryScriptAreDigits() {
        FirstLook look = looks.get("CREDIT_CARD");
        String fullWidth = "4111111111111111"
                .chars()
                .mapToObj(c -> String.valueOf((char) (c - '0' + '\uFF10')))
                .collect(java.util.stream.Collectors.joining());
        assertThat(check(fullWidth, "")).isEqualTo(1);
        assertThat(check("caf\u00E9 4111\u00A01111\u00A01111\u00A01111", "")).isEqualTo(1);
        assertThat(look.mayHold("caf\u00E9 in the \u0660\u0661 street")).isFalse();
    }

    @Test
    void wholeNumbersAreJudgedAsTheirText() {
        for (String entity : Detectors.BUILT_IN) {
            FirstLook look = looks.get(entity);
            for (long number = 1; number > 0 && number < Long.MAX_VALUE / 10; number *= 10) {
                assertThat(look.mayHold(number) || !look.mayHold(Long.toString(number)))
                        .as("%s in %d", entity, number)
                        .isTrue();
            }
        }
    }
}
