package io.sallyport.core.sql.structure;

/** The tokens don't have the structure that was expected. Never leaves the reader; the message holds no SQL. */
public final class UnreadableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** More nesting than is followed. */
    public static final UnreadableException TOO_DEEP = new UnreadableException("nested too deeply");

    public UnreadableException(String what) {
        super(what, null, false, false);
    }
}
