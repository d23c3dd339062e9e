package io.sallyport.core.record.credential;

/**
 * Whether a value that stands where none is expected carries a credential: a token that is known by its beginning ({@link KnownTokens}), a
 * password in a URL ({@link UserInfo}), or what stands behind a name of one ({@link NamedCredential}, {@link Delimited}, {@link CommandOption}). Independent
 * of a policy's detectors; too much is left out rather than too little. To tell whether there is one allocates nothing and takes time in
 * proportion to the length: every recorded text passes here.
 */
public final class CredentialText {

    private static final int SHORTEST = 8;
    /** A letter or digit. */
    private static final int WORD = 1;

    /** At the beginning of a word a credential, or the name of a scheme, may begin with it. */
    private static final int BEGINS = 2;

    /** A credential may stand behind it, or begin with it, wherever it is. */
    private static final int ANYWHERE = 4;

    private static final byte[] MARKS = marks();

    private CredentialText() {}

    /** Whether there is one. */
    public static boolean isIn(String text) {
        int length = text.length();
        boolean inWord = false;
        for (int i = 0; length >= SHORTEST && i < length; i++) {
            char c = text.charAt(i);
            int mark = c < 128 ? MARKS[c] : WORD;
            // Of nearly all characters that is all.
            if (((mark & ANYWHERE) != 0 || (mark & BEGINS) != 0 && !inWord) && credential(text, i) >= 0) {
                return true;
            }
            inWord = (mark & WORD) != 0;
        }
        return false;
    }

    private static byte[] marks() {
        byte[] marks = new byte[128];
        for (char c = 0; c < 128; c++) {
            marks[c] = (byte) ((Character.isLetterOrDigit(c) ? WORD : 0)
                    | (c == 'b' || c == 'B' || KnownTokens.mayBegin(c) ? BEGINS : 0)
                    | (":=>@-,;|\t\n".indexOf(c) >= 0 ? ANYWHERE : 0));
        }
        return marks;
    }

    /** The text with {@code …} in place of each credential. */
    public static String without(String text) {
        if (!isIn(text)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        int kept = 0;
        for (int i = 0; i < text.length(); i++) {
            int start = credential(text, i);
            if (start >= kept) {
                int end = Math.max(start, end(text, i, start));
                out.append(text, kept, start).append('…');
                kept = end;
                i = Math.max(i, end - 1);
            }
        }
        return out.append(text, kept, text.length()).toString();
    }

    /** Where the credential begins that the sign at {@code at} tells of; -1 for none. */
    private static int credential(String text, int at) {
        return switch (text.charAt(at)) {
            case 'b', 'B' -> scheme(text, at);
            case ':' ->
                isInUrl(text, at) ? at + 3 : KnownTokens.isOfBot(text, at) ? at + 1 : NamedCredential.begin(text, at);
            case '=', '>' -> NamedCredential.begin(text, at);
            case '@' -> UserInfo.password(text, at);
            case ',', ';', '|', '\t', '\n' -> Delimited.begin(text, at);
            case '-' -> Math.max(CommandOption.begin(text, at), KnownTokens.begin(text, at));
            default -> KnownTokens.begin(text, at);
        };
    }

    private static boolean isInUrl(String text, int colon) {
        return text.startsWith("://", colon) && UserInfo.end(text, colon + 3) >= 0;
    }

    private static int end(String text, int at, int start) {
        return switch (text.charAt(at)) {
            case ':' ->
                text.startsWith("://", at)
                        ? UserInfo.end(text, start)
                        : KnownTokens.isOfBot(text, at) ? tokenEnd(text, start) : NamedCredential.end(text, at, start);
            case '=', '>' -> NamedCredential.end(text, at, start);
            case '@' -> at;
            case ',', ';', '|', '\t', '\n' -> text.length();
            case '-' ->
                KnownTokens.begin(text, at) >= 0
                        ? Math.max(KnownTokens.endOfKeyFile(text, start), tokenEnd(text, start))
                        : CommandOption.end(text, start);
            default -> Math.max(KnownTokens.endOfKeyFile(text, start), tokenEnd(text, start));
        };
    }

    private static int tokenEnd(String text, int start) {
        return NamedCredential.until(text, start, "\"',;&<)}] \t\r\n");
    }

    /** {@code Basic dXNlcjpwYXNz}, {@code Bearer …} (RFC 7617, RFC 6750). */
    private static int scheme(String text, int at) {
        int space = text.regionMatches(true, at, "Basic ", 0, 6)
                ? at + 6
                : text.regionMatches(true, at, "Bearer ", 0, 7) ? at + 7 : -1;
        if (space < 0) {
            return -1;
        }
        while (space < text.length() && text.charAt(space) == ' ') {
            space++;
        }
        int end = space;
        while (end < text.length() && isBase64(text.charAt(end))) {
            end++;
        }
        // Of sentences about basic things: words of English are shorter, or in one case.
        boolean given = end - space >= 16
                || end - space >= 6 && (end == text.length() || text.charAt(end) == '=') && isMixed(text, space, end);
        return given ? space : -1;
    }

    private static boolean isBase64(char c) {
        return c < 128 && (Character.isLetterOrDigit(c) || "+/-_.=~".indexOf(c) >= 0);
    }

    private static boolean isMixed(String text, int from, int to) {
        boolean upper = false;
        boolean other = false;
        for (int i = from + 1; i < to; i++) {
            char c = text.charAt(i);
            upper |= Character.isUpperCase(c) || c == '=';
            other |= !Character.isUpperCase(c);
        }
        return upper && other;
    }
}
