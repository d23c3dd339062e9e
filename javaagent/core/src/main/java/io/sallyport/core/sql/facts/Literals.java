package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import java.util.Set;

/** Which parts of a condition are the same for every row, and which of these only the server can calculate. */
final class Literals {

    /** What a server knows of the session and its clock. */
    private static final Set<String> SESSION = Set.of(
            "CURRENT_USER",
            "SESSION_USER",
            "CURRENT_DATE",
            "CURRENT_TIME",
            "CURRENT_TIMESTAMP",
            "LOCALTIME",
            "LOCALTIMESTAMP");

    /** Those of the SQL standard that are reserved in PostgreSQL and H2, and columns elsewhere. */
    private static final Set<String> STANDARD = Set.of("CURRENT_ROLE", "CURRENT_CATALOG", "CURRENT_SCHEMA");

    /** Words between constants. */
    private static final Set<String> BETWEEN_LITERALS = Set.of(
            "AND",
            "OR",
            "NOT",
            "IS",
            "NULL",
            "TRUE",
            "FALSE",
            "UNKNOWN",
            "LIKE",
            "ILIKE",
            "RLIKE",
            "REGEXP",
            "SIMILAR",
            "GLOB",
            "TO",
            "ESCAPE",
            "BETWEEN",
            "SYMMETRIC",
            "IN",
            "ANY",
            "ALL",
            "SOME",
            "ARRAY",
            "ROW",
            "INTERVAL",
            "DISTINCT",
            "FROM");

    private Literals() {}

    /** Whether the word, standing alone, is told by the session, and no column. */
    static boolean isOfSession(Dialect dialect, String word) {
        if (SESSION.contains(word)) {
            return true;
        }
        return switch (dialect) {
            case ORACLE ->
                word.equals("USER") || word.equals("UID") || word.equals("SYSDATE") || word.equals("SYSTIMESTAMP");
            case TSQL -> word.equals("USER") || word.equals("SYSTEM_USER");
            case POSTGRESQL, H2 -> word.equals("USER") || STANDARD.contains(word);
            case MYSQL, SQLITE, GENERIC -> false;
        };
    }

    /** Whether the string, as written, stands for other characters than it shows: escapes, bytes, bits. */
    static boolean isEncoded(Dialect dialect, String written) {
        char first = written.charAt(0);
        return switch (first) {
            case '$', 'q', 'Q' -> false;
            case '\'', '"' -> (dialect == Dialect.MYSQL || dialect == Dialect.GENERIC) && written.indexOf('\\') >= 0;
            case 'n', 'N' -> dialect == Dialect.MYSQL && written.indexOf('\\') >= 0;
            case 'e', 'E' -> written.indexOf('\\') >= 0;
            default -> true;
        };
    }

    /** Whether the tokens are constants only, one of which the server alone can calculate. */
    static boolean areUncertain(Dialect dialect, Tokens t, int from, int to) {
        if (!only(dialect, t, from, to)) {
            return false;
        }
        for (int i = from; i < to; i++) {
            boolean uncertain = t.is(i, TokenType.STRING) && isEncoded(dialect, t.text(i))
                    || t.is(i, TokenType.NUMBER) && isOfOtherBase(t.text(i))
                    || t.is(i, TokenType.WORD) && isOfSession(dialect, t.word(i));
            if (uncertain) {
                return true;
            }
        }
        return false;
    }

    /** Digits of another base are a number or a text, as the server sees fit. */
    static boolean isOfOtherBase(String number) {
        return number.length() > 1 && "xbo".indexOf(number.charAt(1) | 32) >= 0;
    }

    /** Whether the tokens hold neither a column, a parameter, a function nor a sub-query. */
    static boolean only(Dialect dialect, Tokens t, int from, int to) {
        for (int i = from; i < to; i++) {
            if (t.is(i, TokenType.PARAM) || t.is(i, TokenType.QUOTED) || t.is(i, TokenType.DOT)) {
                return false;
            }
            boolean literal = !t.is(i, TokenType.WORD)
                    || BETWEEN_LITERALS.contains(t.word(i))
                    || isOfSession(dialect, t.word(i))
                    // _latin1'A', DATE '2020-01-01', 'A'::text
                    || t.is(i + 1, TokenType.STRING)
                    || t.isOp(i - 1, "::")
                    || t.is(i - 1, "COLLATE")
                    || t.is(i, "COLLATE");
            if (!literal) {
                return false;
            }
        }
        return true;
    }
}
