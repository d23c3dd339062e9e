package io.sallyport.core.record.credential;

/** Credentials before an {@code @}: {@code scheme://user:password@host}, {@code scott/password@database}. Allocates nothing. */
final class UserInfo {

    private static final int LONGEST = 512;
    private static final int LONGEST_PASSWORD = 64;

    private UserInfo() {}

    /**
     * The last {@code @} of a URL's authority, since a password may hold one that is not escaped.
     *
     * @param from behind {@code ://}
     * @return -1 where there is none
     */
    static int end(String text, int from) {
        int at = -1;
        boolean password = false;
        int to = Math.min(text.length(), from + LONGEST);
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == '@') {
                at = i;
            } else if (c <= ' ' || c == '"' || c == '<') {
                break;
            } else if (c == ':' && at < 0) {
                // A port is a number.
                password |= i + 1 < to && !(text.charAt(i + 1) >= '0' && text.charAt(i + 1) <= '9');
            } else if ((c == '/' || c == '?' || c == '#') && !(password && at < 0)) {
                break;
            }
        }
        return at;
    }

    /** Where the password of {@code user/password@database} begins (Oracle's connect strings); -1 where none stands before. */
    static int password(String text, int at) {
        int slash = at;
        while (slash > 0 && at - slash < LONGEST_PASSWORD && " \t\n\r\"'<>@/".indexOf(text.charAt(slash - 1)) < 0) {
            slash--;
        }
        if (slash == at || slash == 0 || text.charAt(slash - 1) != '/' || isVersion(text, at + 1)) {
            return -1;
        }
        int user = slash - 1;
        while (user > 0 && slash - user < LONGEST_PASSWORD && isNamePart(text.charAt(user - 1))) {
            user--;
        }
        boolean begins = user == 0 || " \t\n\r\"':=(".indexOf(text.charAt(user - 1)) >= 0;
        return begins && user < slash - 1 ? slash : -1;
    }

    /** {@code actions/checkout@v4}, {@code library/nginx@sha256:…}, {@code org/repository@main}. */
    private static boolean isVersion(String text, int at) {
        if (at >= text.length()) {
            return true;
        }
        char c = text.charAt(at);
        int word = NamedCredential.until(text, at, ":@/\"' \t\r\n");
        boolean host = word < text.length() && text.charAt(word) == ':';
        return c >= '0' && c <= '9' && !host
                || c == 'v' && at + 1 < text.length() && Character.isDigit(text.charAt(at + 1))
                || text.startsWith("sha256:", at)
                || text.startsWith("main", at)
                || text.startsWith("master", at)
                || text.startsWith("latest", at)
                || !Character.isLetterOrDigit(c) && c != '/' && c != '(' && c != '[';
    }

    private static boolean isNamePart(char c) {
        return c == '_' || c == '$' || c == '#' || Character.isLetterOrDigit(c);
    }
}
