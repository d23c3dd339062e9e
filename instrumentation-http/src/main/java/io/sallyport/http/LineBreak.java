package io.sallyport.http;

/** What ends a line of a request's head (RFC 9112 section 2.2): written as it is, what stands behind it is something else than rules saw. */
public final class LineBreak {

    private LineBreak() {}

    /** Whether there is one, of those that any server takes for it. */
    public static boolean isIn(String text) {
        return text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
    }
}
