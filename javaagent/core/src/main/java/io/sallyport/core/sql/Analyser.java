package io.sallyport.core.sql;

import io.sallyport.core.sql.SqlAnalysis.Parser;
import io.sallyport.core.sql.facts.Findings;
import io.sallyport.core.sql.facts.StatementClassifier;
import io.sallyport.core.sql.lex.LexRules;
import io.sallyport.core.sql.lex.Lexer;
import io.sallyport.core.sql.lex.Shape;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.lineage.LineageReader;
import io.sallyport.core.sql.lineage.Schema;
import io.sallyport.core.sql.lineage.WrittenViews;
import io.sallyport.core.sql.structure.Span;
import io.sallyport.core.sql.structure.StatementSplitter;
import io.sallyport.core.sql.tree.TreeWitness;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads one text once, in every way its server may read it, and joins the readings to the worst. */
final class Analyser {

    private static final int MAX_TREES = 16;
    private static final SqlFacts UNBOUNDED = new SqlFacts(false, true, false, false, false, false, true, false);

    private final Dialect dialect;
    private final String sql;
    private final Schema schema;
    private final Catalogue catalogue;

    Analyser(Dialect dialect, String sql, Schema schema, Catalogue catalogue) {
        this.dialect = dialect;
        this.sql = sql;
        this.schema = schema;
        this.catalogue = catalogue;
    }

    /** One way to read the text. */
    private record Reading(Dialect dialect, Tokens tokens, List<Span> statements) {}

    SqlAnalysis analyse() {
        List<Reading> readings = readings();
        Reading main = readings.get(0);
        Findings all = new Findings();
        Lineage lineage = null;
        Set<TableUse> tables = new LinkedHashSet<>();
        for (Reading reading : readings) {
            all.merge(StatementClassifier.classify(
                    reading.dialect, schema.catalogue(), reading.tokens, reading.statements));
            LineageReader.Result result =
                    LineageReader.read(reading.dialect, schema, reading.tokens, reading.statements);
            lineage = lineage == null ? result.lineage() : LineageUnion.of(lineage, result.lineage());
            tables.addAll(result.reads());
        }
        tables.addAll(all.tables());
        List<Lineage.Copy> written = WrittenViews.columns(dialect, schema, tables);
        for (Lineage.Copy column : written) {
            // Who writes through a view writes the tables below it.
            for (ColumnOrigin shown : column.from()) {
                if (!shown.equals(ColumnOrigin.ANYTHING)) {
                    tables.add(new TableUse(shown.schema(), shown.table(), TableUse.Access.WRITE));
                }
            }
        }
        boolean confirmed = isConfirmed(main, all);
        Risk risk = all.risk();
        if (all.boundedWrite() && !confirmed && risk == Risk.LOW) {
            risk = Risk.HIGH;
        }
        Set<StatementKind> kinds = EnumSet.copyOf(all.kinds());
        if (all.facts().multi()) {
            kinds.add(StatementKind.MULTI);
        }
        String shape = Shape.of(main.tokens);
        return new SqlAnalysis(
                dialect,
                sql,
                shape,
                Shape.fingerprint(dialect.cliName(), shape),
                all.kind(),
                kinds,
                risk,
                all.facts(),
                List.copyOf(tables),
                Inherited.by(
                        catalogue,
                        tables,
                        written,
                        main.tokens,
                        VariableCopies.added(
                                dialect, main.tokens, tables, lineage == null ? Lineage.UNKNOWN : lineage)),
                confirmed ? Parser.TREE : Parser.TOKENS);
    }

    /**
     * Whether a tree of each statement says the same; where one says worse, that counts.
     *
     * <p>A text that only reads isn't parsed: nothing the tree could say would change the outcome, and a parse costs many times
     * what all the rest does.
     */
    private static boolean isConfirmed(Reading reading, Findings all) {
        if (!all.facts().writes()
                || all.facts().opaque()
                || reading.statements.isEmpty()
                || reading.statements.size() > MAX_TREES) {
            return false;
        }
        boolean confirmed = true;
        for (Span statement : reading.statements) {
            TreeWitness.Testimony testimony = TreeWitness.of(reading.tokens, statement);
            confirmed &= testimony.confirms(all.kinds());
            if (!testimony.filtered() && testimony.kind() != null && all.boundedWrite()) {
                all.effect(Risk.CRITICAL, UNBOUNDED);
            }
        }
        return confirmed;
    }

    /** Readings that the server may choose, the likeliest first. */
    private List<Reading> readings() {
        if (dialect == Dialect.GENERIC) {
            return generic();
        }
        Reading usual = reading(dialect, LexRules.of(dialect));
        List<Reading> readings = new ArrayList<>();
        if (usual.tokens.broken()) {
            for (LexRules rules : LexRules.alternativesOf(dialect)) {
                Reading other = reading(dialect, rules);
                if (!other.tokens.broken()) {
                    readings.add(other);
                }
            }
        }
        if (readings.isEmpty()) {
            readings.add(usual);
        }
        return readings;
    }

    /** An unknown server: as each known one would read it, but for those that would refuse the text as broken. */
    private List<Reading> generic() {
        List<Reading> readings = new ArrayList<>();
        Reading first = null;
        for (Dialect each : new Dialect[] {Dialect.POSTGRESQL, Dialect.MYSQL, Dialect.TSQL, Dialect.ORACLE}) {
            Reading reading = reading(each, LexRules.of(each));
            first = first == null ? reading : first;
            if (!reading.tokens.broken()) {
                readings.add(reading);
            }
        }
        if (readings.isEmpty() && first != null) {
            readings.add(first);
        }
        return readings;
    }

    private Reading reading(Dialect as, LexRules rules) {
        Tokens tokens = Lexer.tokens(sql, rules);
        return new Reading(as, tokens, StatementSplitter.split(as, tokens));
    }
}
