package io.sallyport.core.sql.lex;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells statements apart whose {@link Shape} is one and whose effect depends on what their literals hold: what a text in quotes runs, which file it
 * names. White space and comments make no difference. Equal for what is equal, and of no use to whoever wants to read it.
 */
public final class CodeDigest {

    private CodeDigest() {}

    /**
     * @param readings the text in every way its server may read it: what is a comment to one is code to another
     * @param secrets whether what is written behind words like PASSWORD counts. If not, it is left out, as it is certain to be no code
     * @return 64 hex digits; {@code null} where the text has no literal, so that its shape tells it
     */
    public static @Nullable String of(String sql, List<Tokens> readings, boolean secrets) {
        if (readings.stream().noneMatch(CodeDigest::hasLiteral)) {
            return null;
        }
        if (readings.stream().anyMatch(Tokens::folded)) {
            // Some literals are no tokens.
            return of(sql);
        }
        MessageDigest digest = sha256();
        for (Tokens t : readings) {
            ShapeSecrets named = new ShapeSecrets(t);
            for (int i = 0; i < t.size(); i++) {
                // COPY tokens TO 'file' names none.
                boolean left = !secrets && !isMark(t, i) && !t.isAny(i - 1, "TO", "AS") && named.isSecret(i);
                digest.update((left ? "?" : t.text(i)).getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            digest.update((byte) 1);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Of a text that could not be read: each is another. */
    public static String of(String sql) {
        return HexFormat.of().formatHex(sha256().digest(sql.getBytes(StandardCharsets.UTF_8)));
    }

    private static boolean hasLiteral(Tokens t) {
        for (int i = 0; i < t.size(); i++) {
            if (t.is(i, TokenType.STRING) || t.is(i, TokenType.NUMBER)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isMark(Tokens t, int i) {
        return t.is(i, TokenType.LEFT_PAREN) || t.is(i, TokenType.OPERATOR);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
