package io.sallyport.http;

/** The method of a request (RFC 9110 section 9.1). Some clients write whatever they are given in its place, be it a whole request of its own. */
final class RequestMethod {

    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    private RequestMethod() {}

    /** Whether it is a token (RFC 9110 section 5.6.2), so that a server reads it as what rules saw. */
    static boolean isToken(String method) {
        for (int i = 0; i < method.length(); i++) {
            char c = method.charAt(i);
            boolean plain = c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
            if (!plain && TOKEN_MARKS.indexOf(c) < 0) {
                return false;
            }
        }
        return !method.isEmpty();
    }
}
