package io.sallyport.core.mask.detect;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * CREDENTIAL_URL: a password in the user information of a URL (RFC 3986 section 3.2.1) or in a {@code password} parameter. The
 * finding is the user information, or the parameter's value, so that the rest of the URL stays of use.
 */
final class CredentialUrls {
    private static final int LONGEST_AUTHORITY = 1024;
    private static final int LONGEST_URL = 4096;
    private static final int LONGEST_NAME = 40;
    /** In lower case and without what divides their words; stores of keys and certificates have theirs as well. */
    private static final Set<String> PARAMETERS = Set.of(
            "password",
            "passwd",
            "pwd",
            "passphrase",
            "sslpassword",
            "sslkeypassword",
            "dbpassword",
            "userpassword",
            "proxypassword");

    private CredentialUrls() {}

    /** @param colon index of the colon of {@code ://} */
    static @Nullable Finding at(String text, int colon) {
        if (colon == 0 || !Chars.isAsciiAlnum(text.charAt(colon - 1))) {
            return null;
        }
        int start = colon + 3;
        int separator = -1;
        int at = -1;
        int i = start;
        for (; i < text.length() && i - start < LONGEST_AUTHORITY && !endsAuthority(text, i); i++) {
            char c = text.charAt(i);
            if (c == ':' && separator < 0) {
                separator = i;
            } else if (c == '@') {
                at = i;
            }
        }
        if (at < 0 && separator >= 0 && text.charAt(start) != '[' && !isPort(text, separator + 1, i)) {
            at = atBehind(text, i, start + LONGEST_AUTHORITY);
        }
        return separator >= 0
                        && at > separator + 1
                        && !isPlaceholder(text, separator + 1, at)
                        && at + 1 < text.length()
                        && isHost(text.charAt(at + 1))
                ? new Finding("CREDENTIAL_URL", start, at)
                : null;
    }

    /** What stands between a host and its path; a variable, or nothing, may stand for it. */
    private static boolean isPort(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Chars.isDigit(text.charAt(i))) {
                return isPlaceholder(text, from, to);
            }
        }
        return true;
    }

    /** The at sign behind a slash or a mark that a password has as it is: {@code user:pa/ss@host}, which is no host and port. */
    private static int atBehind(String text, int from, int stop) {
        for (int i = from; i < Math.min(text.length(), stop) && !endsUrl(text, i); i++) {
            if (text.charAt(i) == '@') {
                return i;
            }
        }
        return -1;
    }

    /**
     * {@code jdbc:oracle:thin:scott/tiger@//host/service}: Oracle's drivers take user and password in a form of their own.
     *
     * @param colon index of the colon before {@code oracle}
     */
    static @Nullable Finding ofOracle(String text, int colon) {
        int start = text.indexOf(':', colon + ":oracle:".length()) + 1;
        if (start == 0 || start - colon > 16) {
            return null;
        }
        int slash = -1;
        for (int i = start; i < text.length() && i - start < LONGEST_AUTHORITY; i++) {
            char c = text.charAt(i);
            if (c == '/' && slash < 0) {
                slash = i;
            } else if (c == '@') {
                boolean password = slash > start && i > slash + 1 && !isPlaceholder(text, slash + 1, i);
                return password ? new Finding("CREDENTIAL_URL", start, i) : null;
            } else if (c <= ' ' || c == '"' || c == '<' || c == '>') {
                return null;
            }
        }
        return null;
    }

    /** Index of the at sign that ends the user information after {@code ://}, or -1: what stands before it is no mail address. */
    static int endOfUserInfo(String text, int colon) {
        int at = -1;
        for (int i = colon + 3; i < text.length() && i - colon < LONGEST_AUTHORITY && !endsAuthority(text, i); i++) {
            at = text.charAt(i) == '@' ? i : at;
        }
        return at;
    }

    private static boolean isHost(char c) {
        return Chars.isWord(c) || c == '[' || c == '$' || c == '{';
    }

    /** A backslash is part of {@code DOMAIN\\user} unless it begins an escape. */
    private static boolean endsAuthority(String text, int at) {
        char c = text.charAt(at);
        return c == '/'
                || c == '?'
                || c == '#'
                || c == ';'
                || c <= ' '
                || c == '"'
                || c == '\''
                || c == '<'
                || c == '>'
                || c == '`'
                || (c == '\\' && "nrtu\"\\".indexOf(Chars.at(text, at + 1)) >= 0);
    }

    /** Where the URL whose scheme ends at {@code colon} ends, or another one begins within it. */
    static int endOfUrl(String text, int colon) {
        int stop = Math.min(text.length(), colon + LONGEST_URL);
        int i = colon + 1;
        while (i < stop && !endsUrl(text, i)) {
            i++;
        }
        return i;
    }

    private static boolean endsUrl(String text, int at) {
        char c = text.charAt(at);
        return c <= ' ' || c == '"' || c == '<' || c == '>' || (c == ':' && text.startsWith("://", at));
    }

    /** The value of the parameter whose name begins behind the mark at {@code mark}, if it is a password. */
    static @Nullable Finding parameter(String text, int mark) {
        int equals = mark + 1;
        while (equals - mark <= LONGEST_NAME && isWordOfName(Chars.at(text, equals))) {
            equals++;
        }
        if (Chars.at(text, equals) != '=' || !namesPassword(text.substring(mark + 1, equals))) {
            return null;
        }
        // MySQL's hosts have lists of them: jdbc:mysql://(host=…,password=…)/db
        boolean listed = text.charAt(mark) == '(' || text.charAt(mark) == ',';
        String ends = listed ? ",)&;\"'<> \t\r\n" : "&;\"'<> \t\r\n";
        int end = equals + 1;
        while (end < text.length() && ends.indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end > equals + 1 && !isPlaceholder(text, equals + 1, end)
                ? new Finding("CREDENTIAL_URL", equals + 1, end)
                : null;
    }

    private static boolean isWordOfName(char c) {
        return Chars.isAsciiLetter(c) || c == '_' || c == '-' || c == '.';
    }

    private static boolean namesPassword(String name) {
        String plain = name.replace("_", "").replace("-", "").replace(".", "").toLowerCase(Locale.ROOT);
        return PARAMETERS.contains(plain) || plain.endsWith("storepassword");
    }

    /** {@code ${PASSWORD}}, {@code <password>}, {@code {{pw}}}, {@code %s} and asterisks stand where a password would. */
    private static boolean isPlaceholder(String text, int start, int end) {
        char first = text.charAt(start);
        char last = text.charAt(end - 1);
        boolean bracketed = (first == '{' && last == '}')
                || (first == '$' && (last == '}' || isVariable(text, start + 1, end)))
                || (first == '<' && last == '>')
                || (first == '[' && last == ']')
                || (first == '%' && end - start == 2);
        boolean hidden = true;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            hidden &= c == '*' || c == 'x' || c == 'X' || c == '\u2022' || c == '.';
        }
        return bracketed
                || hidden
                || text.startsWith("%s", start)
                || text.substring(start, end).equalsIgnoreCase("redacted");
    }

    private static boolean isVariable(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (!(c >= 'A' && c <= 'Z') && c != '_' && !Chars.isDigit(c)) {
                return false;
            }
        }
        return end > start;
    }
}
