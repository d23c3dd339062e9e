package io.sallyport.core.sql.lex;

/** {@code U&"…"} names (SQL:2016, 5.2; PostgreSQL and H2): {@code \0065} and {@code \+000065} stand for {@code e}. */
final class UnicodeEscapes {

    private UnicodeEscapes() {}

    /** The escape character that a {@code UESCAPE 'c'} behind position {@code from} sets; backslash without one. */
    static char escapeAfter(String sql, int from) {
        int i = from;
        while (i < sql.length() && sql.charAt(i) <= ' ') {
            i++;
        }
        if (!sql.regionMatches(true, i, "uescape", 0, 7)) {
            return '\\';
        }
        i += 7;
        while (i < sql.length() && sql.charAt(i) <= ' ') {
            i++;
        }
        return i + 1 < sql.length() && sql.charAt(i) == '\'' ? sql.charAt(i + 1) : '\\';
    }

    static String decode(String raw, char escape) {
        StringBuilder name = new StringBuilder(raw.length());
        int i = 0;
        while (i < raw.length()) {
            char c = raw.charAt(i);
            if (c == '"') {
                name.append(c);
                i += 2;
            } else if (c != escape) {
                name.append(c);
                i++;
            } else if (i + 1 < raw.length() && raw.charAt(i + 1) == escape) {
                name.append(c);
                i += 2;
            } else {
                boolean six = i + 1 < raw.length() && raw.charAt(i + 1) == '+';
                int from = six ? i + 2 : i + 1;
                int to = from + (six ? 6 : 4);
                int code = to <= raw.length() ? hex(raw, from, to) : -1;
                if (Character.isValidCodePoint(code)) {
                    name.appendCodePoint(code);
                    i = to;
                } else {
                    name.append(c);
                    i++;
                }
            }
        }
        return name.toString();
    }

    private static int hex(String raw, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = Character.digit(raw.charAt(i), 16);
            if (digit < 0) {
                return -1;
            }
            value = value * 16 + digit;
        }
        return value;
    }
}
