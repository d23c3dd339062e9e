package io.sallyport.core.sql;

import io.sallyport.core.sql.lex.LexRules;
import io.sallyport.core.sql.lex.Lexer;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Character sets in which MySQL would read texts otherwise than its drivers write them. In some (gbk, big5, sjis, gb18030) a backslash is the
 * second half of a letter, so that a string which looks open is closed there. Connector/J does not notice such a change, and its manual asks
 * not to make one; MariaDB's driver ends the connection.
 */
final class ForeignCharset {

    private static final Set<StatementKind> ROWS =
            EnumSet.of(StatementKind.READ, StatementKind.INSERT, StatementKind.UPDATE, StatementKind.DELETE);

    private static final String CLIENT = "character_set_client";

    /** In these a dump keeps the one of before, to go back to it at its end. */
    private static final Set<String> KEPT = Set.of("old_" + CLIENT, "saved_cs_client");

    /** Of one byte each, or whose bytes behind the first are none of ASCII's. */
    private static final Pattern SAFE =
            Pattern.compile("utf8(?:mb[34])?|ascii|binary|latin[1257]|cp125[0167]|cp85[02]|cp866|koi8[ru]"
                    + "|greek|hebrew|tis620|euckr|gb2312|ujis|eucjpms|default");

    private static final Pattern MENTIONS =
            Pattern.compile("(?i)" + CLIENT + "|saved_cs_client|\\b(?:names|charset|character)\\b");

    private final Tokens t;
    private final boolean session;

    private ForeignCharset(String sql, Set<StatementKind> kinds) {
        this.t = Lexer.tokens(sql, LexRules.of(Dialect.MYSQL));
        this.session = kinds.contains(StatementKind.SESSION);
    }

    /** Whether a statement has, or may have, the server read what follows in another character set. */
    static boolean in(String sql, Set<StatementKind> kinds) {
        if (!isMentioned(sql)) {
            return false;
        }
        ForeignCharset charset = new ForeignCharset(sql, kinds);
        boolean sets = !ROWS.containsAll(kinds);
        for (int i = 0; i < charset.t.size(); i++) {
            if (charset.losesKept(i) || sets && charset.isSet(i)) {
                return true;
            }
        }
        return false;
    }

    static boolean isMentioned(String sql) {
        return MENTIONS.matcher(sql).find();
    }

    /** The variable of a dump gets something else than the character set of the moment. */
    private boolean losesKept(int i) {
        if (!KEPT.contains(name(i))) {
            return false;
        }
        boolean restores = isAssigned(i - 1) && name(i - 2).equals(CLIENT);
        int value = isAssigned(i + 1) ? i + 2 : i;
        boolean keeps = begins(i - 1)
                && (name(value).equals(CLIENT)
                        || t.is(value + 1, TokenType.DOT) && name(value + 2).equals(CLIENT));
        return !restores && !keeps;
    }

    private boolean isSet(int i) {
        int value;
        if (begins(i - 1) && t.is(i, "NAMES")) {
            value = i + 1;
        } else if (begins(i - 1) && t.is(i, "CHARSET")) {
            value = i + 1;
        } else if (begins(i - 1) && t.is(i, "CHARACTER") && t.is(i + 1, "SET")) {
            value = i + 2;
        } else if (name(i).equals(CLIENT) && isAssigned(i + 1) && !KEPT.contains(name(i + 2))) {
            value = i + 2;
        } else {
            return false;
        }
        return !SAFE.matcher(t.is(value, TokenType.STRING) ? t.content(value) : name(value))
                .matches();
    }

    /** Whether an assignment follows token {@code i}; behind a comma only in a statement that sets. */
    private boolean begins(int i) {
        return t.is(i, "SET") && !t.is(i - 1, "CHARACTER") || session && t.is(i, TokenType.COMMA);
    }

    private boolean isAssigned(int i) {
        return t.isOp(i, "=") || t.isOp(i, ":=");
    }

    /** Of a variable or a word, without what marks it. */
    private String name(int i) {
        if (i < 0 || i >= t.size()) {
            return "";
        }
        return t.text(i).replaceAll("[@`'\"]", "").toLowerCase(Locale.ROOT);
    }
}
