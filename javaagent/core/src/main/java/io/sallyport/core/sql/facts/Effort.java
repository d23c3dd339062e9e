package io.sallyport.core.sql.facts;

/** What may still be spent on the conditions of a text, so that many hard ones cost no more than one. Confined to one thread. */
final class Effort {

    private int tokens = 200_000;

    /** Takes {@code count} tokens; false when there are none left. */
    boolean take(int count) {
        tokens -= count;
        return tokens >= 0;
    }
}
