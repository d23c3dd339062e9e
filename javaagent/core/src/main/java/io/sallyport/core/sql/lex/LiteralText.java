package io.sallyport.core.sql.lex;

import io.sallyport.core.sql.Dialect;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The text that a literal stands for, in the notations that {@link Tokens#content} leaves as written: {@code E'\x2a'}, {@code U&'\002a'},
 * {@code X'2a'} and {@code 0x2a}, and MySQL's backslashes.
 */
public final class LiteralText {

    private LiteralText() {}

    /** @return {@code null} where token {@code i} stands for no text */
    public static @Nullable String of(Tokens t, int i, Dialect dialect) {
        String written = t.text(i);
        if (t.is(i, TokenType.NUMBER)) {
            boolean hex = written.length() > 2 && (written.charAt(1) | 32) == 'x';
            return hex ? ofHex(written.substring(2)) : null;
        }
        if (!t.is(i, TokenType.STRING)) {
            // A text where it names no column.
            boolean text = dialect.mayQuoteValues() && written.startsWith("\"");
            return text ? written.substring(1, Math.max(1, written.length() - 1)) : null;
        }
        String content = t.content(i);
        return switch (written.charAt(0) | 32) {
            case 'x' -> ofHex(content);
            case 'e' -> unescaped(content);
            case 'u' ->
                content.indexOf('"') < 0
                        ? UnicodeEscapes.decode(content, UnicodeEscapes.escapeAfter(t.sql(), t.end(i)))
                        : content;
            default -> dialect == Dialect.MYSQL ? unescaped(content) : content;
        };
    }

    private static @Nullable String ofHex(String digits) {
        try {
            return new String(HexFormat.of().parseHex(digits), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException odd) {
            return null;
        }
    }

    /** Backslashes of PostgreSQL ({@code \x2a}, {@code \052}, {@code \u002a}) and MySQL, where any other character stands for itself. */
    private static String unescaped(String content) {
        if (content.indexOf('\\') < 0) {
            return content;
        }
        StringBuilder text = new StringBuilder(content.length());
        int i = 0;
        while (i < content.length()) {
            char c = content.charAt(i++);
            if (c != '\\' || i == content.length()) {
                text.append(c);
                continue;
            }
            char kind = content.charAt(i);
            int radix = kind >= '0' && kind <= '7' ? 8 : 16;
            int from = radix == 8 ? i : i + 1;
            int most = radix == 8 ? 3 : kind == 'x' ? 2 : kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
            int to = from;
            while (to < content.length() && to - from < most && Character.digit(content.charAt(to), radix) >= 0) {
                to++;
            }
            int code = to > from && to - from < 8 ? Integer.parseInt(content, from, to, radix) : -1;
            if (Character.isValidCodePoint(code)) {
                text.appendCodePoint(code);
                i = to;
            } else {
                text.append(kind);
                i++;
            }
        }
        return text.toString();
    }
}
