package io.sallyport.core.mask.function;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** {@code {bucket: n}}: numbers, and text that is one, become the greatest multiple of n that is not above them. */
final class Bucket implements MaskingFunction {
    private final BigDecimal size;

    Bucket(BigDecimal size) {
        this.size = size;
    }

    private BigDecimal floor(BigDecimal value) {
        return value.divide(size, 0, RoundingMode.FLOOR).multiply(size);
    }

    @Override
    public @Nullable Number number(Number clear) {
        BigDecimal decimal = Numbers.decimal(clear);
        return decimal == null ? Neutral.number(clear) : Numbers.like(clear, floor(decimal));
    }

    @Override
    public String text(String clear) {
        BigDecimal decimal = Numbers.parse(clear);
        return decimal == null ? Neutral.text(clear.length()) : floor(decimal).toPlainString();
    }

    @Override
    public boolean recognises(@Nullable Object value) {
        return false;
    }

    @Override
    public boolean recognisable(@Nullable Object value) {
        return false;
    }
}
