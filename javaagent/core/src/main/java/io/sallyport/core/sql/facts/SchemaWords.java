package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.Span;
import java.util.Set;

/** Words of CREATE, ALTER and DROP. */
final class SchemaWords {

    private static final Set<String> OBJECT_MODIFIERS = Set.of(
            "TEMPORARY",
            "TEMP",
            "UNLOGGED",
            "GLOBAL",
            "LOCAL",
            "MATERIALIZED",
            "UNIQUE",
            "CLUSTERED",
            "NONCLUSTERED",
            "FOREIGN",
            "EXTERNAL",
            "CONCURRENTLY",
            "OR",
            "REPLACE",
            "RECURSIVE",
            "PUBLIC",
            "FORCE",
            "EVENT",
            "VIRTUAL",
            "CACHED",
            "MEMORY",
            "LINKED",
            "PRIVATE",
            "EDITIONABLE",
            "NONEDITIONABLE",
            "FULLTEXT",
            "SPATIAL",
            "BITMAP",
            "AGGREGATE",
            "TRUSTED",
            "PROCEDURAL",
            "CONSTRAINT",
            "DEFINER",
            "SQL",
            "SECURITY",
            "INVOKER",
            "ALGORITHM",
            "UNDEFINED",
            "MERGE",
            "TEMPTABLE",
            "IF",
            "EXISTS",
            "NOT",
            "ONLY",
            "OFFLINE",
            "ONLINE",
            "IGNORE",
            "AND",
            "COMPILE",
            "RESOLVE",
            "NOFORCE",
            "APPLICATION");

    private static final Set<String> PRINCIPALS =
            Set.of("USER", "ROLE", "LOGIN", "GROUP", "PROFILE", "CREDENTIAL", "POLICY", "CERTIFICATE");

    private SchemaWords() {}

    /** Whether the words before {@code object} mean one of MySQL's events. */
    static boolean isEvent(Tokens t, Span s, int object) {
        return Clauses.find(t, s.from(), object, "EVENT") < object
                && !t.isAny(object, "TRIGGER", "SESSION", "NOTIFICATION");
    }

    /** Index of the word behind the verb that says what kind of object is meant. */
    static int object(Tokens t, int from, int to) {
        int i = from;
        while (i < to && (OBJECT_MODIFIERS.contains(t.word(i)) || t.is(i, "SERVER") && t.is(i + 1, "ROLE"))) {
            i++;
        }
        return i;
    }

    /** Whether word {@code i} is a kind of object that carries rights. */
    static boolean isPrincipal(Tokens t, int i) {
        return PRINCIPALS.contains(t.word(i));
    }

    /** {@code program 'id'}, {@code filename 'x'} among the options of a foreign table or an event session. */
    static boolean namesFile(Tokens t, Span options) {
        for (int j = options.from(); j < options.to(); j++) {
            if (t.name(j).equals("program") || t.name(j).equals("filename")) {
                return true;
            }
        }
        return false;
    }

    /** SQL Server: whether a database, a certificate or a key is made of or with a file that the statement names. */
    static boolean isOfFile(Tokens t, Span s) {
        if (!t.isAny(s.from() + 1, "DATABASE", "CERTIFICATE", "ASYMMETRIC")) {
            return false;
        }
        for (int j = s.from(); j < s.to(); j++) {
            if (t.isAny(j, "FILENAME", "FILE") && t.isOp(j + 1, "=")) {
                return true;
            }
        }
        return false;
    }

    /** Whether the words at {@code i} make a routine run with the rights of somebody else than its caller. */
    static boolean runsAsAnother(Dialect dialect, Tokens t, int i) {
        return switch (dialect) {
            case POSTGRESQL -> t.is(i, "SECURITY") && t.is(i + 1, "DEFINER");
            case TSQL ->
                t.isAny(i, "EXECUTE", "EXEC") && t.is(i - 1, "WITH") && t.is(i + 1, "AS") && !t.is(i + 2, "CALLER");
            case MYSQL -> t.is(i, "DEFINER") && t.isOp(i + 1, "=") && !t.is(i + 2, "CURRENT_USER");
            default -> false;
        };
    }
}
