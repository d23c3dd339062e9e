package io.sallyport.core.mask.body;

/**
 * A quote in a field of a table that does not begin with it. Where only blanks stand before it, some readers take it for the beginning of a field
 * in quotes, to others it is text.
 */
enum LateQuote {
    /** None that anybody takes for a beginning. */
    NONE,
    /** Nothing but blanks stood there so far. */
    BLANKS,
    OPEN,
    CLOSED;

    /** After one more byte of the field. */
    LateQuote after(byte b) {
        return switch (this) {
            case BLANKS -> b == ' ' || b == '\t' ? BLANKS : b == '"' ? OPEN : NONE;
            case OPEN -> b == '"' ? CLOSED : OPEN;
            case CLOSED -> b == '"' ? OPEN : CLOSED;
            case NONE -> NONE;
        };
    }
}
