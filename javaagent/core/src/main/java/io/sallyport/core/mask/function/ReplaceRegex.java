package io.sallyport.core.mask.function;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code {replace: {regex, with}}}, in time linear in the value; a value that needs more is redacted. */
final class ReplaceRegex implements MaskingFunction {
    private final Pattern pattern;
    private final String with;

    ReplaceRegex(String regex, String with) {
        this.pattern = Pattern.compile(regex);
        this.with = with;
        checkGroups(regex, with);
    }

    /** A replacement that names a group which is not there would fail on each value; it fails here instead. */
    private static void checkGroups(String regex, String with) {
        Matcher always = Pattern.compile("(?:" + regex + ")|").matcher("");
        if (!always.find()) {
            return;
        }
        try {
            always.appendReplacement(new StringBuilder(), with);
        } catch (IndexOutOfBoundsException | IllegalArgumentException unknownGroup) {
            throw new IllegalArgumentException("replace.with does not fit replace.regex: " + unknownGroup.getMessage());
        }
    }

    @Override
    public String text(String clear) {
        try {
            return pattern.matcher(new BoundedText(clear)).replaceAll(with);
        } catch (BoundedText.Spent | StackOverflowError tooMuch) {
            return Neutral.text(clear.length());
        }
    }

    @Override
    public @Nullable Number number(Number clear) {
        BigDecimal decimal = Numbers.decimal(clear);
        BigDecimal masked = decimal == null ? null : Numbers.parse(text(decimal.toPlainString()));
        return masked == null ? Neutral.number(clear) : Numbers.like(clear, masked);
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
