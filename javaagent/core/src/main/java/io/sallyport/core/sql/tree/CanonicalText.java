package io.sallyport.core.sql.tree;

import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Span;
import org.jspecify.annotations.Nullable;

/**
 * Writes tokens down again for the parser: comments gone, executable comments plain, every string, quoted name and parameter in one
 * notation. Their contents don't matter to the grammar.
 */
final class CanonicalText {

    private static final int MAX_LENGTH = 32 << 10;
    private static final int MAX_TOKENS = 6_000;
    private static final int MAX_DEPTH = 64;
    private static final int MAX_CHAIN = 12;

    private CanonicalText() {}

    /** The text of {@code span}, {@code null} when the parser shouldn't be given it. */
    static @Nullable String of(Tokens t, Span span) {
        if (span.to() - span.from() > MAX_TOKENS || t.maxDepth() > MAX_DEPTH) {
            return null;
        }
        StringBuilder out = new StringBuilder(256);
        int cases = 0;
        int chain = 0;
        for (int i = span.from(); i < span.to(); i++) {
            TokenType type = t.type(i);
            if (type == null) {
                return null;
            }
            boolean tight = type == TokenType.DOT || t.is(i - 1, TokenType.DOT);
            if (!tight && out.length() > 0) {
                out.append(' ');
            }
            chain = tight ? chain + 1 : 0;
            cases += t.is(i, "CASE") ? 1 : t.is(i, "END") ? -1 : 0;
            if (cases > MAX_DEPTH || chain > MAX_CHAIN || out.length() > MAX_LENGTH) {
                return null;
            }
            switch (type) {
                case STRING -> out.append("'s'");
                case PARAM -> out.append('?');
                case QUOTED -> out.append("\"q\"");
                default -> out.append(t.text(i));
            }
        }
        return out.toString();
    }
}
