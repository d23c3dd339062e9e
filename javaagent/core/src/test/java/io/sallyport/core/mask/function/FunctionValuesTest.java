package io.sallyport.core.mask.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.Temporal;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A table of values and what the masking functions make of them, written from the documentation alone. */
class FunctionValuesTest {
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);

    static Stream<String[]> values() throws IOException {
        try (InputStream in = FunctionValuesTest.class.getResourceAsStream("/mask/function-values.tsv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("# "))
                    .map(line -> line.split("\t", -1));
        }
    }

    private static MaskingFunction function(String text) {
        String[] words = text.split(" ");
        return MaskingFunctions.of(
                switch (words[0]) {
                    case "redact" -> new MaskSpec.Redact();
                    case "null" -> new MaskSpec.ToNull();
                    case "fixed" -> new MaskSpec.Fixed(words[1]);
                    case "keepFirst" -> new MaskSpec.KeepFirst(Integer.parseInt(words[1]));
                    case "keepLast" -> new MaskSpec.KeepLast(Integer.parseInt(words[1]));
                    case "range" -> new MaskSpec.Range(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
                    case "email" -> new MaskSpec.Email();
                    case "hash" -> new MaskSpec.Hash(KEY);
                    case "fpe" -> new MaskSpec.Fpe(KEY);
                    case "truncate" ->
                        new MaskSpec.Truncate(MaskSpec.Truncate.Unit.valueOf(words[1].toUpperCase(Locale.ROOT)));
                    case "bucket" -> new MaskSpec.Bucket(new BigDecimal(words[1]));
                    case "replace" -> new MaskSpec.Replace(words[1], words[2]);
                    default -> throw new IllegalArgumentException(text);
                });
    }

    private static Object value(String type, String text) {
        return switch (type) {
            case "text" -> text;
            case "int" -> Integer.valueOf(text);
            case "long" -> Long.valueOf(text);
            case "decimal" -> new BigDecimal(text);
            case "double" -> Double.valueOf(text);
            case "bool" -> Boolean.valueOf(text);
            case "uuid" -> UUID.fromString(text);
            case "date" -> LocalDate.parse(text);
            case "datetime" -> LocalDateTime.parse(text);
            case "bytes" -> text.getBytes(StandardCharsets.UTF_8);
            default -> throw new IllegalArgumentException(type);
        };
    }

    private static @Nullable Object mask(MaskingFunction function, Object clear) {
        if (clear instanceof String text) {
            return function.text(text);
        } else if (clear instanceof Number number) {
            return function.number(number);
        } else if (clear instanceof Boolean bool) {
            return function.bool(bool);
        } else if (clear instanceof UUID uuid) {
            return function.uuid(uuid);
        } else if (clear instanceof Temporal temporal) {
            return function.temporal(temporal);
        }
        return function.bytes((byte[]) clear);
    }

    private static String text(Object value) {
        return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : value.toString();
    }

    @ParameterizedTest
    @MethodSource("values")
    void valueIsMaskedAsTheTableSays(String function, String type, String text, String expected) {
        Object clear = value(type, text);
        Object masked = mask(function(function), clear);
        if (expected.equals("null")) {
            assertThat(masked).isNull();
            return;
        }
        assertThat(masked).isInstanceOf(clear.getClass());
        if (expected.equals("=")) {
            assertThat(masked).isEqualTo(clear);
        } else if (expected.startsWith("!")) {
            assertThat(masked).isNotEqualTo(clear);
            int longest = Integer.parseInt(expected.substring(1)) + 1;
            String shown = text(masked);
            for (int i = 0; i + longest <= text.length() && clear instanceof String; i++) {
                String part = text.substring(i, i + longest);
                boolean domain = function.equals("email")
                        && text.contains("@")
                        && text.substring(text.lastIndexOf('@')).contains(part);
                assertThat(domain || !shown.contains(part))
                        .as("'%s' in %s", part, shown)
                        .isTrue();
            }
        } else if (masked instanceof BigDecimal decimal) {
            assertThat(decimal).isEqualByComparingTo(expected);
        } else if (masked instanceof byte[] bytes) {
            assertThat(text(bytes)).isEqualTo(expected);
        } else {
            assertThat(masked).isEqualTo(value(type, expected));
        }
    }
}
