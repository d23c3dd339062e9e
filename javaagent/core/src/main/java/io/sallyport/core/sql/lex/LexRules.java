package io.sallyport.core.sql.lex;

import io.sallyport.core.sql.Dialect;
import java.util.List;

/**
 * Lexical rules of one server in one session setting.
 *
 * @param backslash backslash escapes the next character of a string (MySQL's default; PostgreSQL without
 *     {@code standard_conforming_strings})
 * @param doubleQuotedStrings {@code "x"} is a string (MySQL without {@code ANSI_QUOTES})
 * @param backticks {@code `x`} is an identifier
 * @param brackets {@code [x]} is an identifier
 * @param hashComments {@code #} starts a comment
 * @param dashNeedsBlank {@code --} is a comment only before white space (MySQL)
 * @param nestedComments block comments nest (PostgreSQL, SQL Server, H2 2)
 * @param executableComments {@code /*! … *}{@code /} and {@code /*M! … *}{@code /} are code (MySQL, MariaDB)
 * @param dollarQuotes {@code $tag$ … $tag$} is a string
 * @param postgresPrefixes {@code E'…'} and {@code U&'…'} have PostgreSQL's meaning
 * @param quoteOperator {@code q'[…]'} is a string (Oracle)
 * @param atNames {@code @name} is a variable
 * @param hashNames {@code #} may be part of a name (SQL Server, Oracle)
 */
public record LexRules(
        boolean backslash,
        boolean doubleQuotedStrings,
        boolean backticks,
        boolean brackets,
        boolean hashComments,
        boolean dashNeedsBlank,
        boolean nestedComments,
        boolean executableComments,
        boolean dollarQuotes,
        boolean postgresPrefixes,
        boolean quoteOperator,
        boolean atNames,
        boolean hashNames) {

    private static final LexRules POSTGRESQL =
            new LexRules(false, false, false, false, false, false, true, false, true, true, false, false, false);
    private static final LexRules MYSQL =
            new LexRules(true, true, true, false, true, true, false, true, false, false, false, true, false);
    private static final LexRules TSQL =
            new LexRules(false, false, false, true, false, false, true, false, false, false, false, true, true);
    private static final LexRules ORACLE =
            new LexRules(false, false, false, false, false, false, false, false, false, false, true, false, true);
    private static final LexRules H2 =
            new LexRules(false, false, true, false, false, false, true, false, true, false, false, true, false);
    private static final LexRules SQLITE =
            new LexRules(false, false, true, true, false, false, false, false, false, false, false, true, false);

    /** The rules of {@code dialect} in its default session settings. */
    public static LexRules of(Dialect dialect) {
        return switch (dialect) {
            case POSTGRESQL, GENERIC -> POSTGRESQL;
            case MYSQL -> MYSQL;
            case TSQL -> TSQL;
            case ORACLE -> ORACLE;
            case H2 -> H2;
            case SQLITE -> SQLITE;
        };
    }

    /**
     * Other rules the same server may follow, by session setting or version, used when the default rules leave a string or
     * comment open.
     */
    public static List<LexRules> alternativesOf(Dialect dialect) {
        return switch (dialect) {
            case POSTGRESQL, MYSQL -> List.of(of(dialect).withBackslash(!of(dialect).backslash));
            case H2 -> List.of(H2.withNestedComments(false));
            default -> List.of();
        };
    }

    LexRules withBackslash(boolean on) {
        return new LexRules(
                on,
                doubleQuotedStrings,
                backticks,
                brackets,
                hashComments,
                dashNeedsBlank,
                nestedComments,
                executableComments,
                dollarQuotes,
                postgresPrefixes,
                quoteOperator,
                atNames,
                hashNames);
    }

    LexRules withNestedComments(boolean on) {
        return new LexRules(
                backslash,
                doubleQuotedStrings,
                backticks,
                brackets,
                hashComments,
                dashNeedsBlank,
                on,
                executableComments,
                dollarQuotes,
                postgresPrefixes,
                quoteOperator,
                atNames,
                hashNames);
    }
}
