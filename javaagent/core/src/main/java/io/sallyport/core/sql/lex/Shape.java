package io.sallyport.core.sql.lex;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** The text of a statement without its values: safe to show, equal for statements that differ in literals only. */
public final class Shape {

    private static final int MAX = 8192;
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private static final BitSet NONE = new BitSet();

    private Shape() {}

    /**
     * Every literal and parameter as {@code ?}, lists of them as one, white space and comments folded; cut off at 8192 characters.
     */
    public static String of(Tokens t) {
        return of(t, NONE);
    }

    /**
     * The same as it is written down, where {@code "x"} may be a value: {@code shape} itself where none is.
     *
     * @param shape what {@link #of(Tokens)} makes of the tokens
     */
    public static String recorded(Tokens t, String shape) {
        BitSet values = QuotedValues.in(t);
        return values.isEmpty() ? shape : of(t, values);
    }

    private static String of(Tokens t, BitSet quotedValues) {
        StringBuilder out = new StringBuilder(128);
        ShapeSecrets secrets = new ShapeSecrets(t);
        for (int i = 0; i < t.size() && out.length() < MAX; i++) {
            TokenType type = t.type(i);
            if (type == null) {
                break;
            }
            switch (type) {
                case STRING, NUMBER, PARAM -> {
                    if (out.length() > 2 && t.is(i - 1, TokenType.COMMA) && isValue(t, i - 2) && inGroup(t, i)) {
                        out.setLength(out.length() - 1);
                    } else {
                        space(out, t, i);
                        out.append('?');
                    }
                }
                case WORD, QUOTED -> {
                    space(out, t, i);
                    out.append(quotedValues.get(i) || secrets.isSecret(i) ? "?" : t.text(i));
                }
                case OPERATOR -> {
                    space(out, t, i);
                    out.append(t.text(i));
                }
                case COMMA -> out.append(',');
                case DOT -> out.append('.');
                case SEMICOLON -> out.append(';');
                case LEFT_PAREN -> {
                    if (!(t.isName(i - 1) && touches(t, i))) {
                        space(out, t, i);
                    }
                    out.append('(');
                }
                case LEFT_BRACKET -> out.append('[');
                case RIGHT_PAREN -> out.append(')');
                case RIGHT_BRACKET -> out.append(']');
            }
        }
        if (out.length() > MAX) {
            out.setLength(MAX);
        }
        return out.toString();
    }

    private static boolean touches(Tokens t, int i) {
        return t.end(i - 1) == t.start(i);
    }

    private static boolean isValue(Tokens t, int i) {
        return t.is(i, TokenType.STRING) || t.is(i, TokenType.NUMBER) || t.is(i, TokenType.PARAM);
    }

    /** Only lists in brackets are shortened. */
    private static boolean inGroup(Tokens t, int i) {
        int j = i;
        while (isValue(t, j) && t.is(j - 1, TokenType.COMMA) && i - j < 64) {
            j -= 2;
        }
        return isValue(t, j) && t.is(j - 1, TokenType.LEFT_PAREN) || i - j >= 64;
    }

    private static void space(StringBuilder out, Tokens t, int i) {
        if (out.length() == 0) {
            return;
        }
        char last = out.charAt(out.length() - 1);
        if (last != '(' && last != '.' && last != '[') {
            out.append(' ');
        }
    }

    /**
     * 16 hex digits that identify within {@code dialect} a statement of that shape.
     *
     * @param code its {@link CodeDigest}, which belongs to the shape where there is one
     */
    public static String fingerprint(String dialect, String shape, @Nullable String code) {
        return fingerprint(dialect, code == null ? shape : shape + '\0' + code);
    }

    /** 16 hex digits that identify {@code shape} within {@code dialect}. */
    private static String fingerprint(String dialect, String shape) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(dialect.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            byte[] hash = digest.digest(shape.getBytes(StandardCharsets.UTF_8));
            StringBuilder hex = new StringBuilder(16);
            for (int i = 0; i < 8; i++) {
                hex.append(HEX[(hash[i] >> 4) & 15]).append(HEX[hash[i] & 15]);
            }
            return hex.toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
