package io.sallyport.core.sql.lex;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Values that are written like names: {@code ALTER USER scott IDENTIFIED BY tiger} (Oracle, MariaDB), {@code PRAGMA key = "x"}, {@code SET
 * PASSWORD = PASSWORD("x")} where it is not known what double quotes mean. A shape is shown to everybody, so that they are values there too.
 * Asked for one token after the other, so that it need not go back to where their statement starts. Confined to one thread.
 */
final class ShapeSecrets {

    /** Statements that work on data, where a column may be called {@code password}. */
    private static final Set<String> DATA = Set.of(
            "SELECT", "WITH", "INSERT", "UPDATE", "DELETE", "MERGE", "REPLACE", "VALUES", "TABLE", "EXPLAIN", "CALL",
            "EXEC", "EXECUTE", "BEGIN", "DECLARE", "ANALYZE", "UPSERT");

    /** Settings that take one: {@code SOURCE_PASSWORD = "x"}, {@code SET app.token TO x}. */
    private static final Pattern SECRET =
            Pattern.compile("passw|passphrase|pwd|secret|token|credential|api_?key", Pattern.CASE_INSENSITIVE);

    private final Tokens t;
    /** Tokens looked through so far. */
    private int seen;
    /** Where the statement of the last of them starts, and whether an IDENTIFIED stands in it. */
    private int start;

    private boolean identified;

    ShapeSecrets(Tokens t) {
        this.t = t;
    }

    /** Whether the name at {@code i}, which is behind those asked for before, is the secret of a statement that takes one. */
    boolean isSecret(int i) {
        for (; seen < i; seen++) {
            if (t.is(seen, TokenType.SEMICOLON)) {
                start = seen + 1;
                identified = false;
            }
            identified |= t.is(seen, "IDENTIFIED");
        }
        if (t.isAny(start, "EXEC", "EXECUTE") && t.is(i, TokenType.QUOTED)) {
            // Where double quotes are strings: sp_setapprole, sp_addlogin.
            return i > start + 1 && !t.is(i - 1, TokenType.DOT) && !t.is(i + 1, TokenType.DOT);
        }
        int before = i - 1;
        while (before >= 0 && (isEquals(before) || t.is(before, TokenType.LEFT_PAREN))) {
            before--;
        }
        if (t.isAny(before, "VALUES", "VALUE", "PASSWORD") && t.is(before - 1, "BY")) {
            before--;
        }
        if (t.is(start, "GRANT") && t.is(before, TokenType.COMMA)) {
            // GRANT CONNECT TO scott, tom IDENTIFIED BY tiger, cat (Oracle)
            return identified;
        }
        if (t.is(before, "BY") && t.is(before - 1, "IDENTIFIED")) {
            return !t.isAny(i, "PASSWORD", "VALUES", "VALUE", "RANDOM") || isEnd(i + 1);
        }
        if (t.is(before, "REPLACE")) {
            return isIdentified(before);
        }
        if (t.isAny(before, "PASSWORD", "OLD_PASSWORD", "PASSPHRASE", "SECRET", "PWD") && !isEnd(i)) {
            return !isData(before)
                    && !isColumn(before)
                    && !t.isAny(
                            i,
                            "FOR",
                            "EXPIRE",
                            "HISTORY",
                            "REUSE",
                            "TO",
                            "NULL",
                            "PASSWORD",
                            "FROM",
                            "POLICY",
                            "REQUIRE",
                            "VERIFY_FUNCTION");
        }
        int named = t.isAny(before, "TO", "AS") ? before - 1 : before;
        if (named < i - 1 && t.isName(named) && SECRET.matcher(t.name(named)).find()) {
            return !isData(named) && !isColumn(named);
        }
        return t.isAny(before, "KEY", "REKEY", "HEXKEY", "TEXTKEY") && t.isAny(start(before), "PRAGMA", "ATTACH");
    }

    /** {@code IDENTIFIED BY new REPLACE old} (Oracle). */
    private boolean isIdentified(int replace) {
        return t.is(replace - 2, "BY") && t.is(replace - 3, "IDENTIFIED")
                || t.is(replace - 3, "BY") && t.is(replace - 4, "IDENTIFIED");
    }

    private boolean isEquals(int i) {
        return t.is(i, TokenType.OPERATOR) && t.text(i).equals("=");
    }

    private boolean isEnd(int i) {
        return i >= t.size() || t.is(i, TokenType.SEMICOLON);
    }

    /** {@code CREATE TABLE t (id INT, password VARCHAR(20))}, {@code ALTER TABLE t ADD password TEXT}. */
    private boolean isColumn(int i) {
        int first = start(i);
        for (int j = first + 1; j < first + 6; j++) {
            if (t.isAny(
                    j, "TABLE", "VIEW", "INDEX", "TYPE", "FUNCTION", "PROCEDURE", "TRIGGER", "DOMAIN", "SEQUENCE")) {
                return true;
            }
        }
        return false;
    }

    private boolean isData(int i) {
        int first = start(i);
        return t.isName(first) && DATA.contains(t.text(first).toUpperCase(Locale.ROOT));
    }

    /** Where the statement of a token starts that is in the last one or ends the one before. */
    private int start(int i) {
        int first = i >= start ? start : i;
        while (first > 0 && first != start && !t.is(first - 1, TokenType.SEMICOLON)) {
            first--;
        }
        return first;
    }
}
