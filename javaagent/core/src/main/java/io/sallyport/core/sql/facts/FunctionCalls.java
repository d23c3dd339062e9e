package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.StatementKind;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Span;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds functions that do more than compute, wherever in a statement they're called, and INTO OUTFILE. */
final class FunctionCalls {

    private static final Set<String> XML_PARSERS = Set.of("xmltype", "createxml", "xmlparse", "xmlquery", "xmltable");

    private final Context c;
    private final Tokens t;
    private final StatementClassifier statements;

    FunctionCalls(Context c, StatementClassifier statements) {
        this.c = c;
        this.t = c.t();
        this.statements = statements;
    }

    void in(Span span) {
        for (int i = span.from(); i < span.to(); i++) {
            if (t.isName(i)) {
                name(i, span.to());
            }
        }
    }

    private void name(int i, int to) {
        boolean called = t.is(i + 1, TokenType.LEFT_PAREN);
        if (isExternalTable(i) || called && fetchesEntities(i, to)) {
            c.effect(Effect.FILE);
        } else if (called && t.name(i).equals("set_config")) {
            setConfig(i);
        } else if (called || t.is(i + 1, TokenType.DOT)) {
            // SQLite: an extension's function that runs its argument.
            boolean evaluates =
                    called && c.dialect() == Dialect.SQLITE && t.name(i).equals("eval");
            Effect effect = evaluates ? Effect.OPAQUE : called ? DangerousFunctions.of(t.name(i)) : packaged(i);
            if (effect != null && !isDeclared(i)) {
                call(i, effect, to);
            }
        } else if (t.is(i - 1, TokenType.DOT) && isAttribute(t.name(i))) {
            Effect effect = DangerousFunctions.of(t.name(i));
            if (effect != null) {
                call(i, effect, to);
            }
        } else if (t.is(i, "INTO") && t.isAny(i + 1, "OUTFILE", "DUMPFILE")) {
            c.effect(Effect.FILE_WRITE);
            c.add(StatementKind.COPY_LOAD, Effect.FILE_WRITE);
        }
    }

    /** Oracle: {@code FROM EXTERNAL ((a NUMBER) TYPE ORACLE_LOADER …)} and {@code FROM t EXTERNAL MODIFY (LOCATION …)}. */
    private boolean isExternalTable(int i) {
        if (!t.is(i, "EXTERNAL") || c.dialect() != Dialect.ORACLE && c.dialect() != Dialect.GENERIC) {
            return false;
        }
        return t.is(i + 1, "MODIFY") && t.is(i + 2, TokenType.LEFT_PAREN)
                || t.is(i + 1, TokenType.LEFT_PAREN)
                        && t.is(i + 2, TokenType.LEFT_PAREN)
                        && (t.isAny(i - 1, "FROM", "JOIN", "APPLY", "USING", "LATERAL")
                                || t.is(i - 1, TokenType.COMMA));
    }

    /**
     * Oracle reads the files and addresses that a document type declaration names: {@code XMLTYPE('<!DOCTYPE r SYSTEM "file:///…">')}. A
     * document that is no literal is the application's.
     */
    private boolean fetchesEntities(int i, int to) {
        boolean document =
                XML_PARSERS.contains(t.name(i)) && (c.dialect() == Dialect.ORACLE || c.dialect() == Dialect.GENERIC);
        int end = document ? t.skip(i + 1, to) : i;
        for (int j = i + 2; j < end; j++) {
            if (XML_PARSERS.contains(t.name(j)) && t.is(j + 1, TokenType.LEFT_PAREN)) {
                // Looked at by itself.
                j = t.skip(j + 1, end) - 1;
                continue;
            }
            String text = t.is(j, TokenType.STRING) ? t.content(j) : "";
            for (int at = text.indexOf('!'); at >= 0; at = text.indexOf('!', at + 1)) {
                if (text.regionMatches(true, at + 1, "DOC", 0, 3) || text.regionMatches(true, at + 1, "ENT", 0, 3)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** PostgreSQL's attribute notation: {@code c.pg_read_file} is {@code pg_read_file(c)} where c has no such column. */
    private boolean isAttribute(String name) {
        boolean spoken = c.dialect() == Dialect.POSTGRESQL || c.dialect() == Dialect.GENERIC;
        return spoken
                && (name.startsWith("pg_")
                        || name.startsWith("lo_")
                        || name.startsWith("dblink")
                        || name.contains("_to_xml"));
    }

    /** {@code utl_file.fopen(…)}: a package's function; a column of an alias with such a name isn't called. */
    private @Nullable Effect packaged(int i) {
        Effect method = DangerousFunctions.ofMethod(t.name(i), t.name(i + 2));
        if (method != null) {
            return method;
        }
        Effect effect = DangerousFunctions.of(t.name(i));
        if (effect == null) {
            return null;
        }
        int j = i;
        while (t.is(j + 1, TokenType.DOT) && t.isName(j + 2)) {
            j += 2;
        }
        return t.is(j + 1, TokenType.LEFT_PAREN) && !t.is(i - 1, "FROM") ? effect : null;
    }

    /** {@code CREATE TABLE dblink (…)}, {@code INSERT INTO edit (…)}: a table of such a name, followed by its columns. */
    private boolean isDeclared(int i) {
        int first = i;
        while (t.is(first - 1, TokenType.DOT) && t.isName(first - 2)) {
            first -= 2;
        }
        return t.isAny(first - 1, "TABLE", "VIEW", "INDEX", "REFERENCES")
                || t.is(first - 1, "EXISTS") && t.isAny(first - 2, "NOT", "IF")
                || t.is(first - 1, "INTO") && !t.name(i).startsWith("open");
    }

    private void call(int i, Effect effect, int to) {
        c.effect(effect);
        int open = i + 1;
        while (t.is(open, TokenType.DOT) && t.isName(open + 1)) {
            open += 2;
        }
        if (t.name(i).equals("openrowset") && !t.is(open + 1, "BULK")) {
            // With a provider and a query in place of BULK it runs that query elsewhere.
            c.effect(Effect.REMOTE);
            c.add(StatementKind.DYNAMIC, Effect.REMOTE);
            statements.dynamicArguments(open, to);
        } else if (effect == Effect.ADMIN || effect == Effect.ADMIN_WRITE) {
            c.add(StatementKind.ADMIN, effect);
        } else if (effect == Effect.OPAQUE || effect == Effect.REMOTE) {
            c.add(StatementKind.DYNAMIC, effect);
            statements.dynamicArguments(open, to);
        } else if (effect == Effect.DROP) {
            c.add(StatementKind.DROP, effect);
        } else if (effect == Effect.PRIVILEGE) {
            c.add(StatementKind.SESSION, effect);
        }
    }

    /**
     * {@code set_config(name, value, local)} is PostgreSQL's SET. Its name counts when it's a plain literal; one that's computed, or
     * written with escapes, may be that of the role.
     */
    private void setConfig(int i) {
        int at = i + 2;
        boolean literal = t.is(at, TokenType.STRING) && (t.is(at + 1, TokenType.COMMA) || t.isOp(at + 1, "::"));
        boolean plain = literal && (t.text(at).charAt(0) == '\'' || t.text(at).charAt(0) == '$');
        String setting = plain ? t.content(at) : "";
        if (!plain || setting.indexOf('\\') >= 0 || Settings.isIdentity(setting)) {
            c.add(StatementKind.SESSION, Effect.PRIVILEGE);
        } else if (Settings.reachesOut(setting)) {
            c.add(StatementKind.SESSION, Effect.FILE);
        } else {
            c.add(StatementKind.SESSION, Settings.isRisky(setting) ? Effect.ADMIN : Effect.LITTLE);
        }
    }
}
