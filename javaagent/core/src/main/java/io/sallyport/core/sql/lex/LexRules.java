package io.sallyport.core.sql.lex;

import io.sallyport.core.sql.Dialect;
import java.util.List;

/** Lexical rules of one server in one session setting. Immutable. */
public final class LexRules {

    /** What a server's lexer may do. */
    enum Rule {
        /** Backslash escapes the next character of a string (MySQL's default; PostgreSQL without {@code standard_conforming_strings}). */
        BACKSLASH,
        /** {@code "x"} is a string (MySQL without {@code ANSI_QUOTES}). */
        DOUBLE_QUOTED_STRINGS,
        /** {@code `x`} is an identifier. */
        BACKTICKS,
        /** {@code [x]} is an identifier. */
        BRACKETS,
        /** {@code #} starts a comment (MySQL). */
        HASH_COMMENTS,
        /** {@code //} starts a comment (H2: {@code Tokenizer.tokenize}). */
        SLASH_COMMENTS,
        /** {@code --} is a comment only before white space (MySQL). */
        DASH_NEEDS_BLANK,
        /** A lone carriage return ends a line comment (PostgreSQL: {@code scan.l}, {@code non_newline}). */
        RETURN_ENDS_COMMENT,
        /** Block comments nest (PostgreSQL, SQL Server, H2 2). */
        NESTED_COMMENTS,
        /** A NUL ends the text (SQLite: {@code sqlite3_prepare_v2}, "up to the first zero terminator"). */
        NUL_ENDS,
        /** A block comment may end with the text (SQLite: {@code tokenize.c}); other servers refuse that. */
        OPEN_COMMENTS,
        /** {@code /*! … *}{@code /} and {@code /*M! … *}{@code /} are code (MySQL, MariaDB). */
        EXECUTABLE_COMMENTS,
        /** Those of a version that this server doesn't have are comments. */
        NEWER_VERSIONS_ARE_COMMENTS,
        /** {@code $tag$ … $tag$} is a string; {@code U&} is a prefix. */
        DOLLAR_QUOTES,
        /** {@code E'…'} has PostgreSQL's meaning. */
        ESCAPE_STRINGS,
        /** {@code q'[…]'} is a string (Oracle). */
        QUOTE_OPERATOR,
        /** {@code @name} is a variable. */
        AT_NAMES,
        /** {@code #} may be part of a name (SQL Server, Oracle). */
        HASH_NAMES,
        /** Blanks beyond ASCII separate tokens; elsewhere they're letters of a name (PostgreSQL, MySQL, SQLite). */
        UNICODE_BLANKS,
        /** {@code 1e} is a number (SQL Server): {@code 1eDROP} is two tokens. */
        OPEN_EXPONENT,
        /** {@code 0b101} and {@code 0o17} are numbers (PostgreSQL 16, H2; MySQL knows the first). */
        OTHER_BASES,
        /** A name may start with digits: {@code 2fa_secret}; behind a dot it may consist of them (MySQL: {@code sql_lex.cc}). */
        DIGIT_NAMES,
        /** A string is a name where only that can stand (SQLite). */
        STRINGS_AS_NAMES,
        /** {@code 1d} and {@code 1f} are numbers (Oracle), {@code 1L} is one (H2). */
        NUMBER_SUFFIXES,
        /** A sign of any currency starts a number (SQL Server). */
        CURRENCIES,
        /** {@code {name expression}} is the expression, whatever the name (MySQL: {@code sql_yacc.yy}, {@code simple_expr}). */
        NAMED_BRACES,
        /** {@code $a::b(…)} is one variable (SQLite), whatever quotes its brackets hold. */
        TCL_VARIABLES
    }

    private static final LexRules POSTGRESQL = of(
            Rule.RETURN_ENDS_COMMENT, Rule.NESTED_COMMENTS, Rule.DOLLAR_QUOTES, Rule.ESCAPE_STRINGS, Rule.OTHER_BASES);
    private static final LexRules MYSQL = of(
            Rule.BACKSLASH,
            Rule.DOUBLE_QUOTED_STRINGS,
            Rule.BACKTICKS,
            Rule.HASH_COMMENTS,
            Rule.DASH_NEEDS_BLANK,
            Rule.EXECUTABLE_COMMENTS,
            Rule.AT_NAMES,
            Rule.OTHER_BASES,
            Rule.DIGIT_NAMES,
            Rule.NAMED_BRACES);
    private static final LexRules TSQL = of(
            Rule.BRACKETS,
            Rule.NESTED_COMMENTS,
            Rule.AT_NAMES,
            Rule.HASH_NAMES,
            Rule.UNICODE_BLANKS,
            Rule.OPEN_EXPONENT,
            Rule.CURRENCIES);
    private static final LexRules ORACLE =
            of(Rule.QUOTE_OPERATOR, Rule.HASH_NAMES, Rule.UNICODE_BLANKS, Rule.NUMBER_SUFFIXES);
    private static final LexRules H2 = of(
            Rule.BACKTICKS,
            Rule.SLASH_COMMENTS,
            Rule.NESTED_COMMENTS,
            Rule.DOLLAR_QUOTES,
            Rule.AT_NAMES,
            Rule.UNICODE_BLANKS,
            Rule.OTHER_BASES,
            Rule.NUMBER_SUFFIXES);
    private static final LexRules SQLITE = of(
            Rule.BACKTICKS,
            Rule.BRACKETS,
            Rule.AT_NAMES,
            Rule.NUL_ENDS,
            Rule.OPEN_COMMENTS,
            Rule.OPEN_EXPONENT,
            Rule.TCL_VARIABLES,
            Rule.STRINGS_AS_NAMES);

    private final long bits;

    private LexRules(long bits) {
        this.bits = bits;
    }

    private static LexRules of(Rule... rules) {
        long bits = 0;
        for (Rule rule : rules) {
            bits |= 1L << rule.ordinal();
        }
        return new LexRules(bits);
    }

    boolean has(Rule rule) {
        return (bits & 1L << rule.ordinal()) != 0;
    }

    private LexRules toggle(Rule rule) {
        return new LexRules(bits ^ 1L << rule.ordinal());
    }

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

    /** Other rules the same server may follow by a setting, used in place of the default ones when those leave a string or comment open. */
    public static List<LexRules> settingsOf(Dialect dialect) {
        return switch (dialect) {
            case POSTGRESQL, MYSQL -> List.of(of(dialect).toggle(Rule.BACKSLASH));
            default -> List.of();
        };
    }

    /**
     * Other rules that the same server may follow by its version or a setting, where {@code t}, read by the default rules, holds
     * something that depends on it: each reading counts as much as the usual one.
     */
    public static List<LexRules> alternativesOf(Dialect dialect, Tokens t) {
        if (dialect == Dialect.POSTGRESQL && t.backslashedQuote()) {
            // A session sets standard_conforming_strings by SQL, by a function, in its URL, and a role has it from
            // others.
            return List.of(POSTGRESQL.toggle(Rule.BACKSLASH));
        }
        if (dialect == Dialect.MYSQL && t.newerVersion()) {
            return List.of(MYSQL.toggle(Rule.NEWER_VERSIONS_ARE_COMMENTS));
        }
        if (dialect == Dialect.MYSQL && AnsiQuotes.areMeant(t)) {
            return List.of(MYSQL.toggle(Rule.DOUBLE_QUOTED_STRINGS));
        }
        if (dialect == Dialect.H2 && t.nestedComment()) {
            return List.of(H2.toggle(Rule.NESTED_COMMENTS));
        }
        return List.of();
    }
}
