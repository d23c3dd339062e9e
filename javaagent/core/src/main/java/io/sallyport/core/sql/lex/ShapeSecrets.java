package io.sallyport.core.sql.lex;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Values that are written like names: {@code ALTER USER scott IDENTIFIED BY tiger} (Oracle, MariaDB), {@code PRAGMA key = "x"}, {@code SET
 * PASSWORD = PASSWORD("x")} where it is not known what double quotes mean. A shape is shown to everybody, so that they are values there too.
 */
final class ShapeSecrets {

    /** Statements that work on data, where a column may be called {@code password}. */
    private static final Set<String> DATA = Set.of(
            "SELECT", "WITH", "INSERT", "UPDATE", "DELETE", "MERGE", "REPLACE", "VALUES", "TABLE", "EXPLAIN", "CALL",
            "EXEC", "EXECUTE", "BEGIN", "DECLARE", "ANALYZE", "UPSERT");

    /** Settings that take one: {@code SOURCE_PASSWORD = "x"}, {@code SET app.token TO x}. */
    private static final Pattern SECRET =
            Pattern.compile("passw|passphrase|pwd|secret|token|credential|api_?key", Pattern.CASE_INSENSITIVE);

    private ShapeSecrets() {}

    /** Whether the name at {@code i} is the secret of a statement that takes one. */
    static boolean isSecret(Tokens t, int i) {
        int start = start(t, i);
        if (t.isAny(start, "EXEC", "EXECUTE") && t.is(i, TokenType.QUOTED)) {
            // Where double quotes are strings: sp_setapprole, sp_addlogin.
            return i > start + 1 && !t.is(i - 1, TokenType.DOT) && !t.is(i + 1, TokenType.DOT);
        }
        int before = i - 1;
        while (before >= 0 && (isEquals(t, before) || t.is(before, TokenType.LEFT_PAREN))) {
            before--;
        }
        if (t.isAny(before, "VALUES", "VALUE", "PASSWORD") && t.is(before - 1, "BY")) {
            before--;
        }
        if (t.is(start, "GRANT") && t.is(before, TokenType.COMMA)) {
            return isBehindIdentified(t, before, start);
        }
        if (t.is(before, "BY") && t.is(before - 1, "IDENTIFIED")) {
            return !t.isAny(i, "PASSWORD", "VALUES", "VALUE", "RANDOM") || isEnd(t, i + 1);
        }
        if (t.is(before, "REPLACE")) {
            return isIdentified(t, before);
        }
        if (t.isAny(before, "PASSWORD", "OLD_PASSWORD", "PASSPHRASE", "SECRET", "PWD") && !isEnd(t, i)) {
            return !isData(t, before)
                    && !isColumn(t, before)
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
            return !isData(t, named) && !isColumn(t, named);
        }
        return t.isAny(before, "KEY", "REKEY", "HEXKEY", "TEXTKEY") && t.isAny(start(t, before), "PRAGMA", "ATTACH");
    }

    /** {@code GRANT CONNECT TO scott, tom IDENTIFIED BY tiger, cat} (Oracle). */
    private static boolean isBehindIdentified(Tokens t, int i, int start) {
        for (int j = i; j > start; j--) {
            if (t.is(j, "IDENTIFIED")) {
                return true;
            }
        }
        return false;
    }

    /** {@code IDENTIFIED BY new REPLACE old} (Oracle). */
    private static boolean isIdentified(Tokens t, int replace) {
        return t.is(replace - 2, "BY") && t.is(replace - 3, "IDENTIFIED")
                || t.is(replace - 3, "BY") && t.is(replace - 4, "IDENTIFIED");
    }

    private static boolean isEquals(Tokens t, int i) {
        return t.is(i, TokenType.OPERATOR) && t.text(i).equals("=");
    }

    private static boolean isEnd(Tokens t, int i) {
        return i >= t.size() || t.is(i, TokenType.SEMICOLON);
    }

    /** {@code CREATE TABLE t (id INT, password VARCHAR(20))}, {@code ALTER TABLE t ADD password TEXT}. */
    private static boolean isColumn(Tokens t, int i) {
        int start = start(t, i);
        for (int j = start + 1; j < start + 6; j++) {
            if (t.isAny(
                    j, "TABLE", "VIEW", "INDEX", "TYPE", "FUNCTION", "PROCEDURE", "TRIGGER", "DOMAIN", "SEQUENCE")) {
                return true;
            }
        }
        return false;
    }

    private static boolean isData(Tokens t, int i) {
        int start = start(t, i);
        return t.isName(start) && DATA.contains(t.text(start).toUpperCase(Locale.ROOT));
    }

    private static int start(Tokens t, int i) {
        int start = i;
        while (start > 0 && !t.is(start - 1, TokenType.SEMICOLON)) {
            start--;
        }
        return start;
    }
}
