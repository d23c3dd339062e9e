package io.sallyport.core.mask;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.mask.detect.Detection;
import io.sallyport.core.mask.detect.DetectorMask;
import io.sallyport.core.mask.detect.Detectors;
import io.sallyport.core.mask.function.MaskSpec;
import io.sallyport.core.mask.function.MaskingFunction;
import io.sallyport.core.mask.function.MaskingFunctions;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.ZonedDateTime;
import java.util.Currency;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ColumnMasksTest {
    private static final byte[] KEY = new byte[32];

    private static final List<Object> VALUES = List.of(
            "4111111111111111",
            123456789,
            4111111111111111L,
            (short) 1234,
            (byte) 99,
            12.5f,
            1234.5d,
            new BigDecimal("9876.54"),
            new BigInteger("98765432109876543210"),
            true,
            'q',
            new Date(1715940000000L),
            LocalDate.of(1984, 6, 7),
            LocalDateTime.of(1984, 6, 7, 8, 9),
            LocalTime.of(13, 14),
            Instant.parse("1984-06-07T08:09:10Z"),
            OffsetDateTime.parse("1984-06-07T08:09:10+02:00"),
            ZonedDateTime.parse("1984-06-07T08:09:10+02:00"),
            OffsetTime.parse("08:09:10+02:00"),
            Year.of(1984),
            Duration.ofHours(77),
            Period.ofDays(88),
            UUID.fromString("12345678-1234-4234-8234-123456789abc"),
            new byte[] {1, (byte) 0x80, 3, 4, 5, 6},
            "secret bytes".getBytes(StandardCharsets.UTF_8),
            "secret".toCharArray(),
            new String[] {"secret one", "secret two"},
            new Integer[] {111111, 222222},
            new int[] {333333},
            new Object[] {"secret", 444444, new String[] {"inner secret"}});

    static Stream<MaskSpec> hiding() {
        return Stream.of(
                new MaskSpec.Redact(),
                new MaskSpec.ToNull(),
                new MaskSpec.Fixed("x"),
                new MaskSpec.KeepLast(4),
                new MaskSpec.KeepFirst(1),
                new MaskSpec.Range(0, 4),
                new MaskSpec.Email(),
                new MaskSpec.Hash(KEY),
                new MaskSpec.Fpe(KEY));
    }

    @ParameterizedTest
    @MethodSource("hiding")
    void everyTypeIsHiddenAndKeepsItsClass(MaskSpec spec) {
        ColumnMask mask = ColumnMasks.of("r", MaskingFunctions.of(spec));
        for (Object clear : VALUES) {
            Object masked = mask.apply(clear, clear.getClass());
            assertThat(Objects.deepEquals(masked, clear))
                    .as("%s of %s", spec, clear.getClass())
                    .isFalse();
            if (masked != null) {
                assertThat(masked).isInstanceOf(clear.getClass());
            }
            assertThat(Objects.deepEquals(mask.apply(clear, Object.class), clear))
                    .isFalse();
        }
    }

    @Test
    void nullStaysNull() {
        assertThat(ColumnMasks.of("r", MaskingFunctions.redact()).apply(null, String.class))
                .isNull();
    }

    @Test
    void anUnknownClassBecomesNullUnlessTextMayStand() {
        ColumnMask mask = ColumnMasks.of("r", MaskingFunctions.redact());
        Currency unknown = Currency.getInstance("EUR");
        assertThat(mask.apply(unknown, Currency.class)).isNull();
        assertThat(mask.apply(unknown, Object.class)).isEqualTo("***");
        assertThat(mask.apply(unknown, String.class)).isEqualTo("***");
        assertThat(mask.apply("text", Currency.class)).isNull();
    }

    @Test
    void aSubclassOfDateIsNotKnown() {
        ColumnMask mask = ColumnMasks.of("r", MaskingFunctions.redact());
        Date special = new Date(1) {};
        assertThat(mask.apply(special, special.getClass())).isNull();
    }

    @Test
    void theResultFitsTheRequestedType() {
        ColumnMask mask = ColumnMasks.of("r", MaskingFunctions.redact());
        assertThat(mask.apply(42, String.class)).isEqualTo("0");
        assertThat(mask.apply(42, Long.class)).isEqualTo(0L);
        assertThat(mask.apply(42, int.class)).isEqualTo(0);
        assertThat(mask.apply("42", Integer.class)).isNull();
        assertThat(mask.apply("42", CharSequence.class)).isEqualTo("**");
    }

    @Test
    void shortStreamsAreMaskedAsWhatTheyHoldAndLongOnesAsAWhole() throws Exception {
        ColumnMask mask = ColumnMasks.of("r", MaskingFunctions.of(new MaskSpec.KeepLast(4)));
        assertThat(text(mask.apply(new StringReader("4111111111111111"), Reader.class)))
                .isEqualTo("************1111");
        assertThat(text(mask.apply(new StringReader("x".repeat(1_000_000)), Reader.class)))
                .isEqualTo("***");
        assertThat(bytes(mask.apply(stream("4111111111111111"), InputStream.class)))
                .isEqualTo("************1111");
        assertThat(bytes(mask.apply(stream("x".repeat(1_000_000)), InputStream.class)))
                .isEqualTo("***");
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Object reader) throws Exception {
        java.io.StringWriter all = new java.io.StringWriter();
        ((Reader) reader).transferTo(all);
        return all.toString();
    }

    private static String bytes(Object stream) throws Exception {
        return new String(((InputStream) stream).readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void aFunctionThatFailsHidesTheValueAsAWhole() {
        MaskingFunction failing = new MaskingFunction() {
            @Override
            public String text(String clear) {
                throw new IllegalStateException(clear);
            }

            @Override
            public boolean recognises(@Nullable Object value) {
                return false;
            }
        };
        ColumnMask mask = ColumnMasks.of("r", failing);
        assertThat(mask.apply("secret", String.class)).isEqualTo("***");
        assertThat(mask.apply("secret", Object.class)).isEqualTo("***");
        assertThat(mask.apply(new String[] {"secret"}, String[].class)).isNull();
    }

    @Test
    void aJsonDocumentStaysOneUnderFunctionsThatKeepAPart() {
        ColumnMask last = ColumnMasks.of("r", MaskingFunctions.of(new MaskSpec.KeepLast(4)));
        assertThat(last.apply(
                        "{\"pan\": \"4111111111111111\", \"n\":[12345678,true,null], \"bob@example.com\":{}}",
                        String.class))
                .isEqualTo("{\"pan\": \"************1111\", \"n\":[5678,false,null], \"***\":{}}");
        assertThat(last.apply("{\"pan\": \"4111111111111111\"", String.class))
                .asString()
                .doesNotContain("4111111");
        assertThat(ColumnMasks.of("r", MaskingFunctions.redact()).apply("{\"pan\":\"4111\"}", String.class))
                .isEqualTo("***");
    }

    @Test
    void detectorsLeaveAJsonDocumentLegal() {
        ColumnMask mask = ColumnMasks.of(
                "r",
                new DetectorMask(
                        new Detection(Detectors.standard(), Set.of("CREDIT_CARD")), "doc", MaskingFunctions.redact()));
        assertThat(mask.apply("{\"a\":4111111111111111,\"b\":\"\\u0034111111111111111\"}", String.class))
                .isEqualTo("{\"a\":0,\"b\":\"***\"}");
        String clean = "{\"a\":\"\\u00e9\"}";
        assertThat(mask.apply(clean, String.class)).isSameAs(clean);
    }

    @Test
    void aWholeNumberIsFoundWhateverItsScale() {
        ColumnMask mask = ColumnMasks.of(
                "r",
                new DetectorMask(
                        new Detection(Detectors.standard(), Set.of("CREDIT_CARD")), "doc", MaskingFunctions.redact()));
        assertThat(((BigDecimal) mask.apply(new BigDecimal("4111111111111111.00"), BigDecimal.class)).signum())
                .isZero();
        BigDecimal other = new BigDecimal("4111111111111111.50");
        assertThat(mask.apply(other, BigDecimal.class)).isSameAs(other);
    }

    @Test
    void decimalsKeepTheScaleOfTheirColumn() {
        BigDecimal clear = new BigDecimal("1234.56");
        for (MaskSpec spec : List.of(
                new MaskSpec.Redact(),
                new MaskSpec.Fixed("7"),
                new MaskSpec.Fixed("7.12345"),
                new MaskSpec.Bucket(BigDecimal.TEN),
                new MaskSpec.Hash(new byte[16]),
                new MaskSpec.Fpe(new byte[16]),
                new MaskSpec.KeepLast(2))) {
            Object masked = ColumnMasks.of("r", MaskingFunctions.of(spec)).apply(clear, BigDecimal.class);
            assertThat(((BigDecimal) masked).scale()).as(spec.toString()).isEqualTo(2);
            assertThat(((BigDecimal) masked).precision()).as(spec.toString()).isLessThanOrEqualTo(6);
        }
    }
}
