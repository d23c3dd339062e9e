package io.sallyport.core.sql.structure;

/** Tokens {@code [from, to)}. */
public record Span(int from, int to) {

    public boolean isEmpty() {
        return from >= to;
    }
}
