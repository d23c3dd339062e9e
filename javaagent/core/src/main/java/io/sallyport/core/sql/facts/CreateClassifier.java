package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.StatementKind;
import io.sallyport.core.sql.TableUse.Access;
import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import io.sallyport.core.sql.structure.Span;
import java.util.Set;

/** Judges CREATE: what it makes, whether that gives rights, and whether it reaches a file, a program or another server. */
final class CreateClassifier {

    /** Objects that stand for a file, a library, a program or another server. */
    private static final Set<String> OUTSIDE = Set.of(
            "DIRECTORY",
            "TABLESPACE",
            "LIBRARY",
            "ASSEMBLY",
            "SERVER",
            "SUBSCRIPTION",
            "JAVA",
            "DATA",
            "PFILE",
            "SPFILE",
            "CONTROLFILE");
    /** Extensions of PostgreSQL that reach out; foreign data wrappers and untrusted languages are told by their names. */
    private static final Set<String> OUTSIDE_EXTENSIONS = Set.of(
            "dblink",
            "adminpack",
            "http",
            "pg_net",
            "pljava",
            "pgsql_http",
            "multicorn",
            "aws_s3",
            "aws_lambda",
            "azure_storage",
            "pg_background");

    /** SQLite's modules that read a file, or the pages of the database past its tables. */
    private static final Set<String> FILE_MODULES = Set.of(
            "csv", "zipfile", "fsdir", "sqlite_dbpage", "sqlite_dbdata", "unsafe_dbdata", "virtualtext", "virtualxl");

    /** What CREATE SCHEMA can make within the schema. */
    private static final Set<String> OF_SCHEMA = Set.of("CREATE", "GRANT");

    private final Context c;
    private final Tokens t;
    private final StatementClassifier statements;

    CreateClassifier(Context c, StatementClassifier statements) {
        this.c = c;
        this.t = c.t();
        this.statements = statements;
    }

    void create(Span s) {
        object(s);
        if (c.dialect() == Dialect.TSQL && SchemaWords.isOfFile(t, s)) {
            c.effect(Effect.FILE_WRITE);
        }
        for (int i = s.from(); i < s.to() && !t.isAny(i, "AS", "BEGIN", "SELECT"); i++) {
            if (c.dialect() == Dialect.MYSQL && SchemaWords.runsAsAnother(c.dialect(), t, i)) {
                // Of a view, as of routines, triggers and events.
                c.effect(Effect.PRIVILEGE_WRITE);
                return;
            }
        }
    }

    private void object(Span s) {
        int i = s.from() + 1;
        boolean replaces = t.is(i, "OR") && t.is(i + 1, "REPLACE");
        i = SchemaWords.object(t, i, s.to());
        while (i < s.to() && (t.isOp(i, "=") || isDefiner(i))) {
            // CREATE DEFINER = 'a'@'b' SQL SECURITY … PROCEDURE
            i = SchemaWords.object(t, i + 1, s.to());
        }
        String object = t.word(i);
        if (SchemaWords.isEvent(t, s, i)) {
            c.add(StatementKind.CREATE, Effect.DDL_HIGH);
            statements.event(s);
            return;
        }
        if (usesFunctions(i)) {
            functionsOf(s);
            return;
        }
        switch (object) {
            case "TABLE" -> table(s, i, replaces);
            case "VIEW" -> {
                c.add(StatementKind.CREATE, Effect.DDL);
                c.table(i + 1, Access.WRITE);
                c.reads(new Span(i, s.to()));
            }
            case "INDEX" -> {
                c.add(StatementKind.CREATE, Effect.DDL);
                int on = Clauses.find(t, i, s.to(), "ON");
                if (on < s.to()) {
                    c.table(on + 1, Access.WRITE);
                }
            }
            case "SCHEMA" -> {
                c.add(StatementKind.CREATE, Effect.DDL);
                int made = Clauses.find(t, i, s.to(), OF_SCHEMA);
                while (made < s.to()) {
                    int next = Clauses.find(t, made + 1, s.to(), OF_SCHEMA);
                    c.out().merge(statements.nested(new Span(made, next), false));
                    made = next;
                }
            }
            case "USER", "ROLE", "LOGIN", "GROUP", "POLICY", "CREDENTIAL", "PROFILE", "CERTIFICATE" -> {
                c.add(StatementKind.CREATE, Effect.DDL_HIGH);
                c.effect(Effect.PRIVILEGE_WRITE);
            }
            case "FUNCTION", "PROCEDURE", "PROC", "TRIGGER", "ALIAS", "RULE", "EVENT", "PACKAGE" -> routine(s, object);
            case "TYPE" -> {
                if (isPlainType(i, s.to())) {
                    c.add(StatementKind.CREATE, Effect.DDL);
                } else {
                    routine(s, object);
                }
            }
            case "DIRECTORY",
                    "TABLESPACE",
                    "LIBRARY",
                    "ASSEMBLY",
                    "SERVER",
                    "SUBSCRIPTION",
                    "DATABASE",
                    "LANGUAGE",
                    "EXTENSION",
                    "DATA",
                    "JAVA",
                    "PFILE",
                    "SPFILE",
                    "CONTROLFILE" -> {
                c.add(StatementKind.CREATE, Effect.DDL_HIGH);
                if (OUTSIDE.contains(object) || t.is(i + 1, "LINK") || loadsCode(i)) {
                    c.effect(Effect.FILE_WRITE);
                }
            }
            default -> {
                c.add(StatementKind.CREATE, Effect.DDL);
                boolean externalModel = object.equals("MODEL") && t.is(i - 1, "EXTERNAL");
                if (externalModel
                        || c.dialect() == Dialect.H2 && isAggregate(s)
                        || object.equals("SESSION") && SchemaWords.namesFile(t, s)) {
                    c.effect(Effect.FILE_WRITE);
                }
            }
        }
    }

    /** A type that is a list of labels, columns or bounds, or another name of one there is: nothing runs when it's used. */
    private boolean isPlainType(int i, int to) {
        int at = i + 2;
        while (t.is(at, TokenType.DOT)) {
            at += 2;
        }
        boolean listed =
                t.is(at, "AS") && (t.is(at + 1, "ENUM") || t.is(at + 1, TokenType.LEFT_PAREN) || t.is(at + 1, "TABLE"));
        return listed && c.dialect() != Dialect.ORACLE && Clauses.find(t, at, to, "WITH") == to
                || c.dialect() == Dialect.TSQL && t.is(at, "FROM");
    }

    /** PostgreSQL's operators, aggregates, casts and the like call the functions that they name. */
    private boolean usesFunctions(int i) {
        return t.isAny(i, "OPERATOR", "CAST", "CONVERSION", "TRANSFORM", "ACCESS", "ENDPOINT")
                || t.is(i - 1, "AGGREGATE") && !t.is(i, "FUNCTION") && c.dialect() != Dialect.H2
                || t.is(i, "TEXT") && t.is(i + 1, "SEARCH") && t.isAny(i + 2, "PARSER", "TEMPLATE");
    }

    private void functionsOf(Span s) {
        c.add(StatementKind.CREATE, Effect.DDL_HIGH);
        for (int j = s.from(); j < s.to(); j++) {
            Effect effect = t.isName(j) ? DangerousFunctions.of(t.name(j)) : null;
            if (effect != null) {
                c.effect(effect);
            }
        }
    }

    private boolean isDefiner(int i) {
        return t.isOp(i - 1, "=") || t.is(i, TokenType.PARAM) || t.isOp(i, "@");
    }

    /** H2: {@code CREATE AGGREGATE a FOR "class"}. */
    private boolean isAggregate(Span s) {
        return Clauses.find(t, s.from(), Math.min(s.to(), s.from() + 4), "AGGREGATE") < s.from() + 4;
    }

    /** Whether the extension or language named behind {@code i} runs code outside the database or reaches out. */
    private boolean loadsCode(int i) {
        int at = i + 1;
        while (t.isAny(at, "IF", "NOT", "EXISTS")) {
            at++;
        }
        String name = t.isName(at) ? t.name(at) : t.content(at);
        return t.isAny(i, "EXTENSION", "LANGUAGE")
                && (OUTSIDE_EXTENSIONS.contains(name) || name.endsWith("_fdw") || Languages.isUntrusted(name));
    }

    private void table(Span s, int i, boolean replaces) {
        boolean linked = Clauses.find(t, s.from(), i, "LINKED") < i;
        c.add(StatementKind.CREATE, replaces ? Effect.DROP : Effect.DDL);
        if (linked || storedOutside(s, i)) {
            c.effect(Effect.FILE_WRITE);
        }
        int as = Clauses.find(t, i, s.to(), "AS");
        if (t.is(as + 1, "EXECUTE")) {
            c.effect(Effect.OPAQUE);
        }
        int after = c.table(i + 1, Access.WRITE);
        if (t.is(after, "LIKE")) {
            c.table(after + 1, Access.READ);
        }
        c.reads(new Span(i + 1, s.to()));
    }

    /** Whether the table's options put it into a file, another server or a class. */
    private boolean storedOutside(Span s, int i) {
        boolean foreign = Clauses.find(t, s.from(), i, "FOREIGN") < i;
        boolean virtual = Clauses.find(t, s.from(), i, "VIRTUAL") < i;
        if (Clauses.find(t, s.from(), i, "EXTERNAL") < i) {
            return true;
        }
        for (int j = i; j < s.to(); j = t.skip(j, s.to())) {
            boolean outside = switch (t.word(j)) {
                case "DIRECTORY" -> t.isAny(j - 1, "DATA", "INDEX");
                case "ORGANIZATION" -> t.is(j + 1, "EXTERNAL");
                case "ENGINE" -> isOutsideEngine(t.isOp(j + 1, "=") ? j + 2 : j + 1);
                case "USING" -> virtual && FILE_MODULES.contains(t.name(j + 1));
                case "OPTIONS" -> foreign && SchemaWords.namesFile(t, Clauses.inside(t, j + 1, s.to()));
                default -> false;
            };
            if (outside) {
                return true;
            }
        }
        return false;
    }

    private boolean isOutsideEngine(int i) {
        if (c.dialect() == Dialect.H2) {
            return t.is(i, TokenType.QUOTED) || t.is(i, TokenType.STRING);
        }
        return t.isAny(i, "FEDERATED", "FEDERATEDX", "CONNECT", "SPIDER");
    }

    private void routine(Span s, String object) {
        c.add(StatementKind.CREATE, Effect.DDL_HIGH);
        boolean h2Code = c.dialect() == Dialect.H2 && object.equals("TRIGGER");
        for (int j = s.from(); j < s.to(); j++) {
            boolean outside = switch (t.word(j)) {
                case "LANGUAGE" -> Languages.isUntrusted(t, j + 1);
                case "SONAME" -> true;
                case "EXTERNAL" -> t.is(j + 1, "NAME");
                case "AS", "FOR" -> object.equals("ALIAS") || h2Code && t.is(j + 1, TokenType.STRING);
                case "CALL" -> h2Code;
                default -> false;
            };
            if (outside) {
                c.effect(Effect.FILE_WRITE);
            }
            if (SchemaWords.runsAsAnother(c.dialect(), t, j)) {
                c.effect(Effect.PRIVILEGE_WRITE);
            }
        }
        if (object.equals("TRIGGER")) {
            int on = s.from();
            while (on < s.to() && !(t.is(on, "ON") && !t.isAny(on + 1, "UPDATE", "DELETE", "INSERT", "SELECT"))) {
                on++;
            }
            if (on < s.to()) {
                c.table(on + 1, Access.WRITE);
            }
        }
    }
}
