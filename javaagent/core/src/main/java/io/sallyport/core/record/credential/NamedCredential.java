package io.sallyport.core.record.credential;

/**
 * What stands behind a name of a credential and a sign that gives it a value: {@code password=…}, {@code "api_key": …}, {@code <secret
 * type="s">…}, {@code - name: TOKEN value: …}. Where it is not plain how far the value goes, more is taken.
 */
final class NamedCredential {

    /** How far before {@code value=} the name may stand that it is the value of. */
    private static final int LONGEST_WAY = 60;

    private static final int HASH_DIGITS = 16;

    private static final String QUOTES = "\"'";

    private NamedCredential() {}

    /**
     * Where the value begins. Allocates nothing.
     *
     * @param sign {@code :}, {@code =} or {@code >}
     * @return -1 where no credential is named
     */
    static int begin(String text, int sign) {
        if (sign + 1 >= text.length()) {
            return -1;
        }
        int tag = text.charAt(sign) == '>' ? Elements.opening(text, sign) : -1;
        if (tag >= 0) {
            return Elements.names(text, tag, sign) ? sign + 1 : -1;
        }
        int end = nameEnd(text, sign);
        int start = nameStart(text, end);
        if (isRecordedHash(text, start, sign)) {
            return -1;
        }
        boolean named = CredentialNames.mayName(text, start, end)
                || end - start == 5
                        && text.regionMatches(true, start, "value", 0, 5)
                        && CredentialNames.mayName(text, Math.max(0, start - LONGEST_WAY), start);
        return named ? value(text, sign) : -1;
    }

    /** {@code hmac:9f86d081884c7d65}, which records have in place of a value. */
    private static boolean isRecordedHash(String text, int name, int sign) {
        if (sign - name != 4 || !text.startsWith("hmac:", name)) {
            return false;
        }
        int end = sign + 1;
        while (end < text.length() && Character.digit(text.charAt(end), 16) >= 0) {
            end++;
        }
        return end - sign - 1 == HASH_DIGITS && (end == text.length() || !isNamePart(text.charAt(end)));
    }

    private static int nameEnd(String text, int sign) {
        int end = sign;
        while (end > 0 && " \"'\\\t\r\n]".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return end;
    }

    private static int nameStart(String text, int end) {
        int start = end;
        while (start > 0 && (isNamePart(text.charAt(start - 1)) || isWithin(text, start - 1))) {
            start--;
        }
        return start;
    }

    /** The brackets of {@code user[password][]=…}. */
    private static boolean isWithin(String text, int at) {
        char c = text.charAt(at);
        return c == ']' || c == '[' && at > 0 && (isNamePart(text.charAt(at - 1)) || text.charAt(at - 1) == ']');
    }

    /** Behind spaces, a further sign ({@code =>}) and one quote; on the next line if that is indented, or the value is in quotes or brackets. */
    private static int value(String text, int sign) {
        int start = sign + 1;
        boolean broken = false;
        while (start < text.length() && " \t\r\n\\=:>".indexOf(text.charAt(start)) >= 0) {
            broken |= text.charAt(start) == '\n';
            start++;
        }
        if (start >= text.length()) {
            return -1;
        }
        boolean quoted = QUOTES.indexOf(text.charAt(start)) >= 0;
        boolean below = broken && text.charAt(start - 1) == '\n';
        if (below && !quoted && "[{".indexOf(text.charAt(start)) < 0 && !text.startsWith("- ", start)) {
            return -1;
        }
        return quoted && start + 1 < text.length() ? start + 1 : start;
    }

    /** Where the value is over. A list or an object goes on to the end of the text. */
    static int end(String text, int sign, int start) {
        int tag = text.charAt(sign) == '>' ? Elements.opening(text, sign) : -1;
        if (tag >= 0) {
            return Elements.end(text, tag, start);
        }
        char first = text.charAt(start);
        if (first == '[' || first == '{') {
            return text.length();
        }
        if (start - 1 > sign && QUOTES.indexOf(text.charAt(start - 1)) >= 0) {
            return Quoted.end(text, start);
        }
        boolean below = isBroken(text, sign, start);
        if (first != '<' && (below || isBlock(text, start))) {
            return blockEnd(text, sign, start);
        }
        int nameEnd = nameEnd(text, sign);
        int nameStart = nameStart(text, nameEnd);
        boolean colon = text.charAt(sign) == ':';
        boolean wholeLine =
                colon && nameEnd == sign && (isHeader(text, nameStart, nameEnd) || isAtLineStart(text, nameStart));
        return until(text, start, wholeLine ? "\r\n<" : colon ? "\"',}]<\r\n" : "\"',;&<)}] \t\r\n");
    }

    static int until(String text, int start, String ends) {
        int end = start;
        while (end < text.length() && ends.indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private static boolean isBroken(String text, int sign, int start) {
        for (int i = sign; i < start; i++) {
            if (text.charAt(i) == '\n') {
                return true;
            }
        }
        return false;
    }

    /** YAML's {@code |} and {@code >-}, of which the first sign is passed already. */
    private static boolean isBlock(String text, int start) {
        int end = start;
        while (end < text.length() && "|+-0123456789 \r".indexOf(text.charAt(end)) >= 0) {
            end++;
        }
        return end < text.length() && text.charAt(end) == '\n' && "|+-".indexOf(text.charAt(start)) >= 0;
    }

    /** Behind the lines that are indented more than the one with the name, or that go on with its list. */
    private static int blockEnd(String text, int sign, int start) {
        int lineStart = text.lastIndexOf('\n', sign) + 1;
        int indent = indent(text, lineStart) - lineStart;
        int end = text.indexOf('\n', start);
        while (end >= 0) {
            int first = indent(text, end + 1);
            boolean blank = first < text.length() && "\r\n".indexOf(text.charAt(first)) >= 0;
            boolean item = text.charAt(start) == '-' && text.startsWith("- ", first) && first - end - 1 == indent;
            if (!blank && !item && first - end - 1 <= indent) {
                return end;
            }
            end = text.indexOf('\n', end + 1);
        }
        return text.length();
    }

    private static int indent(String text, int lineStart) {
        int i = lineStart;
        while (i < text.length() && (text.charAt(i) == ' ' || text.charAt(i) == '\t')) {
            i++;
        }
        return i;
    }

    private static boolean isHeader(String text, int start, int end) {
        return end - start >= 6
                && (text.regionMatches(true, end - 6, "cookie", 0, 6)
                        || end - start >= 13 && text.regionMatches(true, end - 13, "authorization", 0, 13));
    }

    private static boolean isAtLineStart(String text, int name) {
        int i = name;
        while (i > 0 && " \t-".indexOf(text.charAt(i - 1)) >= 0) {
            i--;
        }
        return i == 0 || text.charAt(i - 1) == '\n';
    }

    private static boolean isNamePart(char c) {
        return c == '_' || c == '-' || c == '.' || Character.isLetterOrDigit(c);
    }
}
