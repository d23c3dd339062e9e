package io.sallyport.core.mask.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskingFunctionsTest {
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);
    private static final byte[] OTHER_KEY = "another key, 16 bytes or more".getBytes(StandardCharsets.UTF_8);

    @ParameterizedTest
    @CsvSource({"'',''", "a,*", "ab,**", "abc,***", "4111111111111111,***"})
    void redactNeverGrowsTheValue(String clear, String masked) {
        assertThat(MaskingFunctions.redact().text(clear)).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource({
        "4,4111111111111111,************1111",
        "4,12345,***45",
        "4,1,*",
        "0,secret,******",
        "4,'',''",
        "1,ab😀,****",
    })
    void keepLastShowsTheEndButNeverMoreThanHalf(int count, String clear, String masked) {
        assertThat(MaskingFunctions.of(new MaskSpec.KeepLast(count)).text(clear))
                .isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource({"2,secret,se****", "9,secret,sec***", "1,😀ab,****"})
    void keepFirstShowsTheStartButNeverMoreThanHalf(int count, String clear, String masked) {
        assertThat(MaskingFunctions.of(new MaskSpec.KeepFirst(count)).text(clear))
                .isEqualTo(masked);
    }

    @Test
    void keepWorksOnTheDigitsOfNumbers() {
        MaskingFunction last = MaskingFunctions.of(new MaskSpec.KeepLast(4));
        MaskingFunction first = MaskingFunctions.of(new MaskSpec.KeepFirst(1));
        assertThat(last.number(4111_1111_1111_1234L)).isEqualTo(1234L);
        assertThat(last.number(-98765)).isEqualTo(65);
        assertThat(last.number(new BigDecimal("1234567.89"))).isEqualTo(new BigDecimal("67.89"));
        assertThat(first.number(98765)).isEqualTo(90000);
        assertThat(last.number(Double.NaN)).isEqualTo(0.0);
    }

    @ParameterizedTest
    @CsvSource({
        "2,4,abcdef,ab**ef",
        "2,40,abcdef,ab****",
        "-4,0,abcdef,ab****",
        "-3,-1,abcdef,abc**f",
        "2,-1,abcdef,ab***f",
        "8,9,abc,***",
    })
    void rangeMasksTheCharactersBetweenItsEnds(int from, int to, String clear, String masked) {
        assertThat(MaskingFunctions.of(new MaskSpec.Range(from, to)).text(clear))
                .isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource({
        "alice@example.com,***@example.com",
        "a@b.c,*@b.c",
        "'\"a@b\"@example.com',***@example.com",
        "no address,***",
        "@example.com,***",
        "x@my secret password,***",
        "alice@,***",
    })
    void emailKeepsTheDomainOfAnAddressOnly(String clear, String masked) {
        assertThat(MaskingFunctions.of(new MaskSpec.Email()).text(clear)).isEqualTo(masked);
    }

    @Test
    void hashStartsWithTheFirst16BytesOfHmacSha256UnderADerivedKey() throws Exception {
        byte[] derived = hmac(KEY, "sallyport hash".getBytes(StandardCharsets.UTF_8));
        String expected =
                java.util.HexFormat.of().formatHex(hmac(derived, "alice".getBytes(StandardCharsets.UTF_8)), 0, 16);
        assertThat(MaskingFunctions.of(new MaskSpec.Hash(KEY)).text("alice"))
                .startsWith(expected)
                .hasSize(40);
    }

    private static byte[] hmac(byte[] key, byte[] message) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(message);
    }

    @Test
    void hashJoinsEqualValuesAndDependsOnTheKey() {
        MaskingFunction hash = MaskingFunctions.of(new MaskSpec.Hash(KEY));
        MaskingFunction again = MaskingFunctions.of(new MaskSpec.Hash(KEY));
        MaskingFunction other = MaskingFunctions.of(new MaskSpec.Hash(OTHER_KEY));
        assertThat(again.text("alice")).isEqualTo(hash.text("alice")).isNotEqualTo(hash.text("bob"));
        assertThat(other.text("alice")).isNotEqualTo(hash.text("alice"));
        assertThat(hash.number(5)).isEqualTo(again.number(5)).isNotEqualTo(hash.number(6));
        assertThat(hash.number(new BigDecimal("123.40"))).isInstanceOf(BigDecimal.class);
        assertThat(((BigDecimal) hash.number(new BigDecimal("123.40"))).precision())
                .isLessThanOrEqualTo(5);
        assertThat(hash.uuid(new UUID(1, 2)).version()).isEqualTo(8);
        assertThat(hash.uuid(new UUID(1, 2)).variant()).isEqualTo(2);
        assertThat(hash.bytes("alice".getBytes(StandardCharsets.UTF_8)))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(hash.text("alice"));
    }

    @Test
    void formatPreservingEncryptionKeepsAlphabetLengthAndSeparators() {
        MaskingFunction fpe = MaskingFunctions.of(new MaskSpec.Fpe(KEY));
        assertThat(fpe.text("4111-1111-1111-1111"))
                .matches("\\d{4}-\\d{4}-\\d{4}-\\d{4}")
                .isNotEqualTo("4111-1111-1111-1111");
        assertThat(fpe.text("alice.smith@example.com")).matches("[a-z]{5}\\.[a-z]{5}@[a-z]{7}\\.[a-z]{3}");
        assertThat(fpe.text("AB123456C")).matches("[0-9A-Z]{9}");
        assertThat(fpe.text("12345")).isEqualTo("***");
        assertThat(fpe.text("Müller-Lüdenscheidt")).isEqualTo("***");
        assertThat(fpe.number(42)).isInstanceOf(Integer.class).isNotEqualTo(42);
        assertThat(fpe.number(-42L))
                .isInstanceOf(Long.class)
                .satisfies(n -> assertThat(n.longValue()).isNegative());
        assertThat(((BigDecimal) fpe.number(new BigDecimal("1234567.89"))).scale())
                .isEqualTo(2);
    }

    @Test
    void formatPreservingEncryptionIsOneToOne() {
        MaskingFunction fpe = MaskingFunctions.of(new MaskSpec.Fpe(KEY));
        Set<Object> masked = new HashSet<>();
        for (int i = 0; i < 3000; i++) {
            masked.add(fpe.text(String.format("%09d", i)));
            masked.add(fpe.number(i));
        }
        assertThat(masked).hasSize(6000);
    }

    @ParameterizedTest
    @CsvSource({
        "YEAR,2024-05-17,2024-01-01",
        "MONTH,2024-05-17 10:11:12.345+02:00,2024-05-01 00:00:00.000+02:00",
        "DAY,2024-05-17T10:11:12Z,2024-05-17T00:00:00Z",
        "DAY,2024-05-17 born in Rome,***",
        "MONTH,17.05.2024,***",
    })
    void truncationWorksOnIsoText(MaskSpec.Truncate.Unit unit, String clear, String masked) {
        assertThat(MaskingFunctions.of(new MaskSpec.Truncate(unit)).text(clear)).isEqualTo(masked);
    }

    @Test
    void truncationWorksOnTimeTypes() {
        MaskingFunction month = MaskingFunctions.of(new MaskSpec.Truncate(MaskSpec.Truncate.Unit.MONTH));
        assertThat(month.temporal(LocalDate.of(2024, 5, 17))).isEqualTo(LocalDate.of(2024, 5, 1));
        assertThat(month.temporal(LocalDateTime.of(2024, 5, 17, 9, 30))).isEqualTo(LocalDateTime.of(2024, 5, 1, 0, 0));
        assertThat(month.temporal(Instant.parse("2024-05-17T10:00:00Z")))
                .isEqualTo(Instant.parse("2024-05-01T00:00:00Z"));
        assertThat(month.temporal(OffsetDateTime.parse("2024-05-17T10:00:00+02:00")))
                .isEqualTo(OffsetDateTime.parse("2024-05-01T00:00:00+02:00"));
        assertThat(month.temporal(LocalTime.NOON)).isEqualTo(LocalTime.MIDNIGHT);
    }

    @Test
    void bucketRoundsDownInEveryNumberType() {
        MaskingFunction bucket = MaskingFunctions.of(new MaskSpec.Bucket(BigDecimal.valueOf(100)));
        assertThat(bucket.number(1234)).isEqualTo(1200);
        assertThat(bucket.number(-1L)).isEqualTo(-100L);
        assertThat(bucket.number(99.5)).isEqualTo(0.0);
        assertThat(bucket.number(new BigInteger("12345"))).isEqualTo(new BigInteger("12300"));
        assertThat(bucket.text("4321.5")).isEqualTo("4300");
        assertThat(bucket.text("much")).isEqualTo("***");
    }

    @Test
    void hugeExponentsAreNotComputedWith() {
        BigDecimal bomb = new BigDecimal("1e999999999");
        for (MaskSpec spec : allSpecs()) {
            MaskingFunctions.of(spec).number(bomb);
            MaskingFunctions.of(spec).text("1e999999999");
        }
        assertThat(MaskingFunctions.redact().number(bomb)).isEqualTo(BigDecimal.ZERO);
    }

    @Test
    void replaceWorksOnEveryMatch() {
        MaskingFunction replace = MaskingFunctions.of(new MaskSpec.Replace("(\\d)\\d+", "$1#"));
        assertThat(replace.text("tel 12345 or 99")).isEqualTo("tel 1# or 9#");
    }

    @Test
    void replaceThatBacktracksForeverIsCutShortAndRedacts() {
        MaskingFunction replace = MaskingFunctions.of(new MaskSpec.Replace("(a+)+$", "x"));
        org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThat(replace.text("a".repeat(5000) + "b")).isEqualTo("***"));
    }

    @Test
    void replaceThatNamesAnUnknownGroupIsRefusedWhenBuilt() {
        assertThatThrownBy(() -> MaskingFunctions.of(new MaskSpec.Replace("a", "$3")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short"})
    void shortKeysAreRefused(String key) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> new MaskSpec.Hash(bytes)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MaskSpec.Fpe(bytes)).isInstanceOf(IllegalArgumentException.class);
    }

    static List<MaskSpec> allSpecs() {
        return List.of(
                new MaskSpec.Redact(),
                new MaskSpec.ToNull(),
                new MaskSpec.Fixed("hidden"),
                new MaskSpec.KeepFirst(2),
                new MaskSpec.KeepLast(4),
                new MaskSpec.Range(1, 6),
                new MaskSpec.Email(),
                new MaskSpec.Hash(KEY),
                new MaskSpec.Fpe(KEY),
                new MaskSpec.Truncate(MaskSpec.Truncate.Unit.YEAR),
                new MaskSpec.Bucket(BigDecimal.TEN),
                new MaskSpec.Replace("[a-z0-9]", "#"));
    }

    @ParameterizedTest
    @MethodSource("allSpecs")
    void everyMaskOfTextIsRecognisedOrDeclaredUnrecognisable(MaskSpec spec) {
        MaskingFunction function = MaskingFunctions.of(spec);
        for (String clear :
                List.of("a", "bob", "4111111111111111", "alice@example.com", "2024-05-17", "12", "Grüße 😀😀")) {
            String masked = function.text(clear);
            assertThat(OnWrite.REFUSE.refuses(function, masked))
                    .as("%s of %s", spec, clear)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("allSpecs")
    void everyMaskOfATypedValueIsRecognisedOrDeclaredUnrecognisable(MaskSpec spec) {
        MaskingFunction function = MaskingFunctions.of(spec);
        assertThat(OnWrite.REFUSE.refuses(function, function.number(123456))).isTrue();
        assertThat(OnWrite.REFUSE.refuses(function, function.bool(true))).isTrue();
        assertThat(OnWrite.REFUSE.refuses(function, function.uuid(new UUID(3, 4))))
                .isTrue();
        assertThat(OnWrite.REFUSE.refuses(function, function.temporal(LocalDate.of(1999, 2, 3))))
                .isTrue();
        assertThat(OnWrite.REFUSE.refuses(function, function.bytes(new byte[] {(byte) 0xFF, 1, 2, 3})))
                .isTrue();
    }

    @Test
    void honestValuesAreNotTakenForMasks() {
        List<MaskSpec> recognisable = List.of(
                new MaskSpec.Redact(),
                new MaskSpec.Fixed("hidden"),
                new MaskSpec.KeepFirst(2),
                new MaskSpec.KeepLast(4),
                new MaskSpec.Range(1, 6),
                new MaskSpec.Email(),
                new MaskSpec.Hash(KEY));
        for (MaskSpec spec : recognisable) {
            MaskingFunction function = MaskingFunctions.of(spec);
            for (String honest : List.of("bob", "alice@example.com", "4111111111111111", "a".repeat(40), "")) {
                assertThat(OnWrite.REFUSE.refuses(function, honest))
                        .as("%s of %s", spec, honest)
                        .isFalse();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("allSpecs")
    void noFunctionThrowsOnOddText(MaskSpec spec) {
        MaskingFunction function = MaskingFunctions.of(spec);
        Random random = new Random(7);
        for (int i = 0; i < 2000; i++) {
            StringBuilder odd = new StringBuilder();
            for (int n = random.nextInt(30); n > 0; n--) {
                odd.append((char) (random.nextInt(4) == 0 ? random.nextInt(0x10000) : 32 + random.nextInt(96)));
            }
            function.text(odd.toString());
            function.recognises(odd.toString());
        }
    }

    @Test
    void aPartOfAWholeNumberIsTheSameInEveryClass() {
        Random random = new Random(7);
        for (int keep = 0; keep < 12; keep++) {
            for (MaskSpec spec : List.of(new MaskSpec.KeepFirst(keep), new MaskSpec.KeepLast(keep))) {
                MaskingFunction function = MaskingFunctions.of(spec);
                for (long value :
                        new long[] {0, 1, 9, 10, 99, 100, -4711, Long.MAX_VALUE, Long.MIN_VALUE, random.nextLong()}) {
                    BigDecimal wanted = (BigDecimal) function.number(BigDecimal.valueOf(value));
                    assertThat(function.number(value))
                            .as("%s of %d", spec, value)
                            .isEqualTo(wanted.longValueExact());
                    int narrow = (int) value;
                    assertThat(function.number(narrow))
                            .as("%s of %d", spec, narrow)
                            .isEqualTo(((BigDecimal) function.number(BigDecimal.valueOf(narrow))).intValueExact());
                }
            }
        }
    }
}
