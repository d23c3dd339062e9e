package io.sallyport.core.record;

/**
 * Whether a value that stands where none is expected carries a credential: a token that is known by its beginning, a password in a URL, or what
 * stands behind a name of one ({@code password=…}, {@code "api_key": …}, {@code <secret>…}, {@code Authorization: …}). Independent of a policy's
 * detectors; too much is left out rather than too little. Allocates nothing: every recorded text passes here.
 */
public final class CredentialText {

    private static final int SHORTEST = 8;
    private static final int SHORTEST_TOKEN = 20;
    private static final int LONGEST_NAME = 40;
    /** A letter or digit. */
    private static final int WORD = 1;

    /** At the beginning of a word a credential, or the name of a scheme, may begin with it. */
    private static final int BEGINS = 2;

    /** A credential may stand behind it, or begin with it, wherever it is. */
    private static final int ANYWHERE = 4;

    private static final byte[] MARKS = marks();

    private static final String[] A = {"AKIA", "ASIA", "AIza"};
    private static final String[] G = {"ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-"};
    private static final String[] R = {"rk_live_", "rk_test_"};
    private static final String[] S = {"sk_live_", "sk_test_", "sk-"};
    private static final String[] X = {"xoxa-", "xoxb-", "xoxp-", "xoxr-", "xoxs-", "xapp-"};
    private static final String[] E = {"eyJ"};
    private static final String[] DASHES = {"-----BEGIN "};
    private static final String[] NONE = {};

    private CredentialText() {}

    static boolean isIn(String text) {
        int length = text.length();
        if (length < SHORTEST) {
            return false;
        }
        boolean inWord = false;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            int mark = c < 128 ? MARKS[c] : WORD;
            // Of nearly all characters that is all.
            if ((mark & ANYWHERE) != 0 || (mark & BEGINS) != 0 && !inWord) {
                if (credential(text, i) >= 0) {
                    return true;
                }
            }
            inWord = (mark & WORD) != 0;
        }
        return false;
    }

    private static byte[] marks() {
        byte[] marks = new byte[128];
        for (char c = 0; c < 128; c++) {
            marks[c] = (byte) ((Character.isLetterOrDigit(c) ? WORD : 0)
                    | ("AegrsxbB".indexOf(c) >= 0 ? BEGINS : 0)
                    | (":=>-".indexOf(c) >= 0 ? ANYWHERE : 0));
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
                int end =
                        text.startsWith("://", i) ? text.indexOf('@', start) : end(text, start, text.charAt(i) == ':');
                out.append(text, kept, start).append('…');
                kept = end;
                i = Math.max(i, end - 1);
            }
        }
        return out.append(text, kept, text.length()).toString();
    }

    /** Where the credential begins that the sign at {@code at} tells of; -1 for none. */
    private static int credential(String text, int at) {
        char c = text.charAt(at);
        if (isAny(text, at, beginnings(c))) {
            return at;
        }
        return switch (c) {
            case 'b', 'B' -> isScheme(text, at) ? text.indexOf(' ', at) + 1 : -1;
            case ':' -> isInUrl(text, at) ? at + 3 : isNamed(text, at) ? value(text, at + 1) : -1;
            case '=', '>' -> isNamed(text, at) ? value(text, at + 1) : -1;
            default -> -1;
        };
    }

    private static int value(String text, int behindSign) {
        int start = behindSign;
        while (start < text.length() && " \t\\\"'".indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        return start;
    }

    /** Where it is over: at the quote or sign that ends a value; a list or an object goes on to the end of the text. */
    private static int end(String text, int start, boolean spaces) {
        if (start < text.length() && "[{".indexOf(text.charAt(start)) >= 0) {
            return text.length();
        }
        boolean quoted = start > 0 && "\"'".indexOf(text.charAt(start - 1)) >= 0;
        String ends = quoted ? "\"'\n" : spaces ? "\"',}]<\n" : "\"',;&<)}] \t\n";
        int end = start;
        while (end < text.length() && ends.indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private static String[] beginnings(char c) {
        return switch (c) {
            case 'A' -> A;
            case 'e' -> E;
            case 'g' -> G;
            case 'r' -> R;
            case 's' -> S;
            case 'x' -> X;
            case '-' -> DASHES;
            default -> NONE;
        };
    }

    /** Of a token, which is long, at the beginning of a word. */
    private static boolean isAny(String text, int at, String[] beginnings) {
        if (text.length() - at < SHORTEST_TOKEN) {
            return false;
        }
        for (String beginning : beginnings) {
            boolean begins = at == 0 || text.charAt(at) == '-' || !Character.isLetterOrDigit(text.charAt(at - 1));
            if (begins && text.startsWith(beginning, at)) {
                return true;
            }
        }
        return false;
    }

    /** {@code Basic dXNlcjpwYXNz}, {@code Bearer …} (RFC 7617, RFC 6750). */
    private static boolean isScheme(String text, int at) {
        int space = text.regionMatches(true, at, "Basic ", 0, 6)
                ? at + 6
                : text.regionMatches(true, at, "Bearer ", 0, 7) ? at + 7 : -1;
        if (space < 0) {
            return false;
        }
        int end = space;
        while (end < text.length() && isBase64(text.charAt(end))) {
            end++;
        }
        // Of sentences about basic things: words of English are shorter, or in one case.
        return end - space >= 16
                || end - space >= 6 && (end == text.length() || text.charAt(end) == '=') && isMixed(text, space, end);
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

    /** {@code scheme://user:password@host}, or one of only a token. */
    private static boolean isInUrl(String text, int colon) {
        if (!text.startsWith("://", colon)) {
            return false;
        }
        for (int i = colon + 3; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '@') {
                return true;
            }
            if (c == '/' || c == '?' || c == '#' || c == ' ') {
                return false;
            }
        }
        return false;
    }

    /** Whether the word before a sign that gives a value is a credential's name. */
    private static boolean isNamed(String text, int sign) {
        if (sign + 1 >= text.length()) {
            return false;
        }
        int end = sign;
        while (end > 0 && " \"'\\\t".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        int start = end;
        while (start > 0 && end - start < LONGEST_NAME && isNamePart(text.charAt(start - 1))) {
            start--;
        }
        boolean closes = text.charAt(sign) == '>' && start > 0 && text.charAt(start - 1) == '/';
        return !closes && CredentialNames.mayName(text, start, end);
    }

    private static boolean isNamePart(char c) {
        return c == '_' || c == '-' || c == '.' || Character.isLetterOrDigit(c);
    }
}
