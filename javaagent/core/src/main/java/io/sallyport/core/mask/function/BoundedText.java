package io.sallyport.core.mask.function;

/**
 * Text that a regular expression may look at only so often. {@code java.util.regex} backtracks, and a hostile value can make
 * a harmless looking expression run for hours; with a budget linear in the length of the text the time is linear too.
 * Not thread-safe; one per use.
 */
public final class BoundedText implements CharSequence {

    /** Thrown when the budget is spent. Carries no text and no stack. */
    public static final class Spent extends RuntimeException {
        Spent() {
            super("the expression took too long on this value", null, false, false);
        }
    }

    private static final int LOOKS_PER_CHARACTER = 100;

    private final String text;
    private long left;

    public BoundedText(String text) {
        this.text = text;
        this.left = 10_000L + (long) LOOKS_PER_CHARACTER * text.length();
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int index) {
        if (--left < 0) {
            throw new Spent();
        }
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
