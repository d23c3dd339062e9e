package io.sallyport.core.command;

/** The methods of HTTP that change nothing at the server, so that asking once more does no harm (RFC 9110 section 9.2.1). */
public final class SafeMethods {

    private SafeMethods() {}

    /** @param method in upper case */
    public static boolean include(String method) {
        return switch (method) {
            case "GET", "HEAD", "OPTIONS", "TRACE" -> true;
            default -> false;
        };
    }
}
