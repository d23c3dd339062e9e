package io.sallyport.core.mask;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.mask.detect.Detection;
import io.sallyport.core.mask.detect.DetectorMask;
import io.sallyport.core.mask.detect.Detectors;
import io.sallyport.core.mask.function.MaskSpec;
import io.sallyport.core.mask.function.MaskingFunction;
import io.sallyport.core.mask.function.MaskingFunctions;
import io.sallyport.core.mask.function.OnWrite;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Masked values are legal in the column that they are read from. */
class LegalValuesTest {
    private static final byte[] KEY = new byte[32];

    static Stream<MaskSpec> functions() {
        return Stream.of(
                new MaskSpec.Redact(),
                new MaskSpec.Fixed("a fixed text that is long"),
                new MaskSpec.Fixed("987654321"),
                new MaskSpec.KeepLast(4),
                new MaskSpec.KeepFirst(2),
                new MaskSpec.Range(1, 4),
                new MaskSpec.Email(),
                new MaskSpec.Hash(KEY),
                new MaskSpec.Fpe(KEY),
                new MaskSpec.Bucket(new BigDecimal("1000")),
                new MaskSpec.Truncate(MaskSpec.Truncate.Unit.YEAR),
                new MaskSpec.Replace("[0-9a-z]", "longer"));
    }

    private static ColumnMask mask(MaskSpec spec, ColumnType type) {
        return ColumnMasks.of("r", MaskingFunctions.of(spec)).within(type);
    }

    @ParameterizedTest
    @MethodSource("functions")
    void noTextIsLongerThanItsColumn(MaskSpec spec) {
        for (int width : new int[] {1, 2, 3, 7, 8, 16, 39}) {
            ColumnMask mask = mask(spec, ColumnType.text(width, false));
            for (String clear : List.of("a", "ab", "a@b.io", "1234567", "{\"a\":\"bcd\"}", "4111111111111111")) {
                if (clear.length() <= width) {
                    assertThat((String) mask.apply(clear, String.class))
                            .as("%s of %s in %d", spec, clear, width)
                            .hasSizeLessThanOrEqualTo(width)
                            .isNotEqualTo(clear);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("functions")
    void everyTextFillsAPaddedColumn(MaskSpec spec) {
        for (boolean declared : new boolean[] {true, false}) {
            ColumnMask mask = mask(spec, ColumnType.text(12, declared));
            assertThat((String) mask.apply("ab@c.de     ", String.class)).hasSize(12);
        }
        assertThat((String) mask(spec, ColumnType.text(4, true)).apply("abcd", String.class))
                .hasSize(4);
    }

    @ParameterizedTest
    @MethodSource("functions")
    void everyNumberIsOneOfItsColumn(MaskSpec spec) {
        for (ColumnType type : List.of(
                ColumnType.integer(8, true),
                ColumnType.integer(8, false),
                ColumnType.integer(16, true),
                ColumnType.integer(24, true),
                ColumnType.integer(32, true),
                ColumnType.integer(32, false),
                ColumnType.integer(64, true),
                ColumnType.integer(64, false),
                ColumnType.decimal(4, 2),
                ColumnType.decimal(9, 2),
                ColumnType.decimal(18, 0),
                ColumnType.decimal(38, 10))) {
            BigDecimal max = java.util.Objects.requireNonNull(type.max());
            BigDecimal min = java.util.Objects.requireNonNull(type.min());
            for (BigDecimal clear : List.of(min, max, BigDecimal.ONE, BigDecimal.TEN, min.add(BigDecimal.ONE))) {
                for (Class<?> read : List.of(BigDecimal.class, Long.class, Integer.class, Double.class)) {
                    Number value = io.sallyport.core.mask.function.Numbers.to(read, clear);
                    if (value == null || new BigDecimal(value.toString()).compareTo(clear) != 0) {
                        continue;
                    }
                    Number masked = (Number) mask(spec, type).apply(value, read);
                    assertThat(masked).as("%s of %s in %s", spec, value, type).isInstanceOf(read);
                    BigDecimal decimal = new BigDecimal(masked.toString());
                    assertThat(decimal).as("%s of %s in %s", spec, value, type).isBetween(min, max);
                    assertThat(Math.max(0, decimal.stripTrailingZeros().scale()))
                            .isLessThanOrEqualTo(type.scale());
                }
            }
        }
    }

    /** SQL Server's datetime begins in 1753, and no column goes beyond 9999. */
    @ParameterizedTest
    @MethodSource("functions")
    void everyDateAndUuidIsOneThatAnyColumnOfItsTypeHolds(MaskSpec spec) {
        LocalDate least = LocalDate.of(1753, 1, 1);
        LocalDate most = LocalDate.of(9999, 12, 31);
        ColumnMask mask = mask(spec, ColumnType.UNKNOWN);
        for (LocalDate clear : List.of(least, LocalDate.of(1969, 12, 31), LocalDate.of(2024, 2, 29), most)) {
            assertThat((LocalDate) mask.apply(clear, LocalDate.class)).isBetween(least, most);
            assertThat(((LocalDateTime) mask.apply(clear.atTime(23, 59, 59), LocalDateTime.class)).toLocalDate())
                    .isBetween(least, most);
        }
        assertThat((String) mask(spec, ColumnType.text(36, false))
                        .apply(UUID.randomUUID().toString(), String.class))
                .hasSizeLessThanOrEqualTo(36);
        UUID clear = UUID.randomUUID();
        assertThat(mask.apply(clear, UUID.class)).isInstanceOf(UUID.class).isNotEqualTo(clear);
    }

    @Test
    void aNumbersPseudonymIsTheSameThroughEveryGetter() {
        for (MaskSpec spec : List.of(new MaskSpec.Hash(KEY), new MaskSpec.Fpe(KEY))) {
            ColumnMask mask = mask(spec, ColumnType.integer(32, true));
            assertThat(mask.apply(123456789L, Long.class))
                    .isEqualTo(((Integer) mask.apply(123456789, Integer.class)).longValue());
            assertThat(mask.apply(new BigDecimal("123456789"), BigDecimal.class))
                    .isEqualTo(new BigDecimal((Integer) mask.apply(123456789, Integer.class)));
        }
    }

    @Test
    void aPseudonymInANarrowColumnJoinsTellsValuesApartAndIsRecognised() {
        MaskingFunction hash = MaskingFunctions.of(new MaskSpec.Hash(KEY));
        for (int width : new int[] {8, 16, 31, 39}) {
            ColumnMask mask = ColumnMasks.of("r", hash).within(ColumnType.text(width, false));
            ColumnMask other = ColumnMasks.of("other", hash).within(ColumnType.text(width, true));
            Set<Object> seen = new HashSet<>();
            for (int i = 0; i < 100; i++) {
                Object masked = mask.apply("value " + i, String.class);
                assertThat((String) masked).hasSize(width);
                assertThat(masked).isEqualTo(other.apply("value " + i, String.class));
                assertThat(OnWrite.REFUSE.refuses(hash, masked)).isTrue();
                seen.add(masked);
            }
            assertThat(seen).hasSizeGreaterThan(width == 8 ? 98 : 99);
        }
        assertThat(OnWrite.REFUSE.refuses(hash, "password")).isFalse();
        assertThat(OnWrite.REFUSE.refuses(hash, "ordinarytext")).isFalse();
    }

    @Test
    void aPaddedValueHasThePseudonymOfTheValue() {
        MaskSpec hash = new MaskSpec.Hash(KEY);
        assertThat(mask(hash, ColumnType.text(16, true)).apply("abc             ", String.class))
                .isEqualTo(mask(hash, ColumnType.text(16, false)).apply("abc", String.class));
    }

    @ParameterizedTest
    @MethodSource("functions")
    void aMaskThatWasFilledUpIsRefusedWhenItComesBack(MaskSpec spec) {
        MaskingFunction function = MaskingFunctions.of(spec);
        Object masked =
                ColumnMasks.of("r", function).within(ColumnType.text(12, true)).apply("ab@c.de     ", String.class);
        assertThat(OnWrite.REFUSE.refuses(function, masked)).isTrue();
    }

    @Test
    void bytesFitTheirColumn() {
        byte[] clear = {1, (byte) 0x80, 3, 4, 5, 6, 7, 8};
        ColumnMask hash = mask(new MaskSpec.Hash(KEY), ColumnType.binary(8, true));
        assertThat((byte[]) hash.apply(clear, byte[].class)).hasSize(8);
        assertThat((byte[])
                        mask(new MaskSpec.Redact(), ColumnType.binary(8, true)).apply(clear, byte[].class))
                .hasSize(8);
        assertThat((byte[])
                        mask(new MaskSpec.Redact(), ColumnType.binary(8, false)).apply(clear, byte[].class))
                .hasSize(3);
    }

    @Test
    void detectorsLeaveWhatTheyDoNotFindUntouchedAndCutWhatGrew() {
        DetectorMask found = new DetectorMask(
                new Detection(Detectors.standard(), Set.of("EMAIL")),
                "note",
                MaskingFunctions.of(new MaskSpec.Hash(KEY)));
        ColumnMask mask = ColumnMasks.of("r", found).within(ColumnType.text(20, true));
        String padded = "nothing here        ";
        assertThat(mask.apply(padded, String.class)).isSameAs(padded);
        assertThat((String) mask.apply("to ann@example.org  ", String.class))
                .hasSize(20)
                .doesNotContain("ann@");
        String longer = "longer than the driver said it was";
        assertThat(mask.apply(longer, String.class)).isSameAs(longer);
    }
}
