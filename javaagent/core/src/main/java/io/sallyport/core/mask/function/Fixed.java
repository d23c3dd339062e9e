package io.sallyport.core.mask.function;

import io.sallyport.core.mask.ColumnType;
import java.math.BigDecimal;
import java.time.temporal.Temporal;
import org.jspecify.annotations.Nullable;

/** {@code {fixed: X}}: text becomes X, numbers X where it is a number; other types, and where X does not fit the column, become neutral. */
final class Fixed implements MaskingFunction {
    private final String text;
    private final @Nullable BigDecimal number;

    Fixed(String text) {
        this.text = text;
        this.number = Numbers.parse(text);
    }

    @Override
    public String text(String clear) {
        return text;
    }

    @Override
    public @Nullable Number number(Number clear) {
        return number == null ? Neutral.number(clear) : Numbers.like(clear, number);
    }

    @Override
    public @Nullable Boolean bool(boolean clear) {
        return text.equalsIgnoreCase("true");
    }

    @Override
    public @Nullable Temporal temporal(Temporal clear) {
        Temporal parsed = Temporals.parseLike(clear, text);
        return parsed == null ? Neutral.temporal(clear) : parsed;
    }

    /** What the column cannot hold becomes neutral: cut, it could not be told from an honest value when it comes back. */
    @Override
    public MaskingFunction within(ColumnType type) {
        boolean text = this.text.length() <= type.width();
        boolean number = this.number == null || type.holds(this.number);
        return text && number ? this : MaskingFunctions.redact();
    }

    @Override
    public String replacement() {
        return text;
    }

    @Override
    public boolean hidesWhole() {
        return true;
    }

    @Override
    public boolean recognises(@Nullable Object value) {
        if (value instanceof String other) {
            return other.equals(text) || Neutral.isText(other);
        } else if (value instanceof Number other && number != null) {
            BigDecimal decimal = Numbers.decimal(other);
            return decimal != null && (decimal.compareTo(number) == 0 || decimal.signum() == 0);
        } else if (value instanceof Boolean other) {
            return other.equals(bool(false));
        } else if (value instanceof Temporal other) {
            return other.equals(temporal(other));
        }
        return Neutral.is(value);
    }
}
