package io.sallyport.core.sql;

import io.sallyport.core.sql.SqlAnalysis.Parser;
import io.sallyport.core.sql.facts.Findings;
import io.sallyport.core.sql.facts.StatementClassifier;
import io.sallyport.core.sql.lex.CodeDigest;
import io.sallyport.core.sql.lex.LexRules;
import io.sallyport.core.sql.lex.Lexer;
import io.sallyport.core.sql.lex.Shape;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.lineage.LineageReader;
import io.sallyport.core.sql.lineage.Schema;
import io.sallyport.core.sql.lineage.WrittenViews;
import io.sallyport.core.sql.structure.ParameterReader;
import io.sallyport.core.sql.structure.Span;
import io.sallyport.core.sql.structure.StatementSplitter;
import io.sallyport.core.sql.tree.TreeWitness;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one text once, in every way its server may read it, and joins the readings to the worst. */
final class Analyser {

    private static final int MAX_TREES = 16;
    /** Texts with long lists are read a second time, to find each parameter's place, up to this size. */
    private static final int MAX_UNFOLDED = 256 << 10;

    private static final Dialect[] KNOWN = {Dialect.POSTGRESQL, Dialect.MYSQL, Dialect.TSQL, Dialect.ORACLE, Dialect.H2
    };
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
    private record Reading(Dialect dialect, LexRules rules, Tokens tokens, List<Span> statements) {}

    SqlAnalysis analyse() {
        List<Reading> readings = readings();
        Reading main = readings.get(0);
        Findings all = new Findings();
        Lineage lineage = null;
        Set<TableUse> tables = new LinkedHashSet<>();
        Set<String> made = new HashSet<>();
        for (Reading reading : readings) {
            all.merge(StatementClassifier.classify(
                    reading.dialect,
                    dialect != Dialect.GENERIC,
                    schema.catalogue(),
                    reading.tokens,
                    reading.statements));
            LineageReader.Result result =
                    LineageReader.read(reading.dialect, schema, reading.tokens, reading.statements);
            lineage = lineage == null ? result.lineage() : LineageUnion.of(lineage, result.lineage());
            tables.addAll(result.reads());
            made.addAll(result.made());
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
        if (all.doubtfulWrite() && !confirmed && risk == Risk.LOW) {
            risk = Risk.HIGH;
        }
        Set<StatementKind> kinds = EnumSet.copyOf(all.kinds());
        if (all.facts().multi()) {
            kinds.add(StatementKind.MULTI);
        }
        String shape = Shape.of(main.tokens);
        String code = all.literalsMatter()
                ? CodeDigest.of(sql, readings.stream().map(Reading::tokens).toList(), all.runsLiterals())
                : null;
        return new SqlAnalysis(
                dialect,
                sql,
                shape,
                dialect.mayQuoteValues() ? Shape.recorded(main.tokens, shape) : shape,
                code,
                Shape.fingerprint(dialect.cliName(), shape, code),
                all.kind(),
                kinds,
                TransactionStep.of(dialect, sql, shape, kinds, all.facts()),
                DriverClash.of(dialect, sql, kinds),
                risk,
                all.facts(),
                List.copyOf(tables),
                Inherited.by(
                        dialect,
                        catalogue.with(catalogue.structure().making(made)),
                        tables,
                        written,
                        main.tokens,
                        VariableCopies.added(dialect, main.tokens, tables, withMore(main, lineage, tables)),
                        main.statements.size() > 1),
                parameters(main),
                confirmed ? Parser.TREE : Parser.TOKENS);
    }

    /** What triggers copy, and what rewriting the schema can make of any column. */
    private Lineage withMore(Reading main, @Nullable Lineage lineage, Set<TableUse> tables) {
        Lineage read = lineage == null ? Lineage.UNKNOWN : lineage;
        List<Lineage.Copy> more = new ArrayList<>(
                TriggeredCopies.of(dialect, schema, catalogue.structure().routines(), main.tokens, main.statements));
        more.addAll(SystemRelations.rewritten(tables));
        if (!read.exact() && read.items().isEmpty() && read.copies().isEmpty()) {
            more.addAll(unread(tables));
        }
        if (dialect == Dialect.SQLITE) {
            more.addAll(Rowids.told(catalogue, read.copies()));
        }
        if (more.isEmpty()) {
            return read;
        }
        List<Lineage.Copy> copies = new ArrayList<>(read.copies());
        copies.addAll(more);
        return new Lineage(read.items(), read.exact(), copies, read.influences(), read.inherited());
    }

    /** A write that could not be followed: any column read may go into any that is written. */
    private static List<Lineage.Copy> unread(Set<TableUse> tables) {
        List<ColumnOrigin> from = tables.stream()
                .filter(use -> use.access() == TableUse.Access.READ)
                .map(use -> new ColumnOrigin(use.schema(), use.table(), ColumnOrigin.WHOLE_ROW, true))
                .toList();
        return from.isEmpty()
                ? List.of()
                : tables.stream()
                        .filter(use -> use.access() == TableUse.Access.WRITE)
                        .map(use -> new Lineage.Copy(
                                new ColumnOrigin(use.schema(), use.table(), ColumnOrigin.WHOLE_ROW), from))
                        .toList();
    }

    private ParameterPlaces parameters(Reading reading) {
        if (sql.indexOf('?') < 0) {
            return ParameterPlaces.NONE;
        }
        if (!reading.tokens.folded()) {
            return ParameterReader.read(reading.tokens);
        }
        return sql.length() > MAX_UNFOLDED
                ? ParameterPlaces.UNKNOWN
                : ParameterReader.read(Lexer.everyToken(sql, reading.rules));
    }

    /**
     * Whether a tree of each statement says the same; where one says worse, that counts.
     *
     * <p>Only a write with a filter is parsed: nothing the tree could say of anything else would change the outcome, and a parse costs
     * many times what all the rest does, the first one a tenth of a second and more.
     */
    private static boolean isConfirmed(Reading reading, Findings all) {
        if (!all.boundedWrite()
                || !all.facts().writes()
                || all.facts().opaque()
                || reading.statements.isEmpty()
                || reading.statements.size() > MAX_TREES) {
            return false;
        }
        boolean confirmed = true;
        for (Span statement : reading.statements) {
            TreeWitness.Testimony testimony = TreeWitness.of(reading.tokens, statement);
            confirmed &= testimony.confirms(all.kinds());
            if (!testimony.filtered() && testimony.kind() != null) {
                all.effect(Risk.CRITICAL, UNBOUNDED);
            }
        }
        return confirmed;
    }

    /** Readings that the server may choose, the likeliest first. */
    private List<Reading> readings() {
        if (dialect != Dialect.GENERIC) {
            return readings(dialect);
        }
        List<Reading> readings = new ArrayList<>();
        List<Reading> broken = new ArrayList<>();
        for (Dialect each : KNOWN) {
            if (each == Dialect.H2 && !sql.contains("//")) {
                // The others read the rest of what H2 knows.
                continue;
            }
            for (Reading reading : readings(each)) {
                (reading.tokens.broken() ? broken : readings).add(reading);
            }
        }
        // An unknown server: as each known one would read it, but for those that would refuse the text as broken.
        return readings.isEmpty() ? broken : readings;
    }

    /** Readings of a server of the dialect {@code as}, in each of its versions and settings that may matter. */
    private List<Reading> readings(Dialect as) {
        Reading usual = reading(as, LexRules.of(as));
        List<Reading> readings = new ArrayList<>();
        if (usual.tokens.broken()) {
            for (LexRules rules : LexRules.settingsOf(as)) {
                Reading other = reading(as, rules);
                if (!other.tokens.broken()) {
                    readings.add(other);
                }
            }
        }
        if (readings.isEmpty()) {
            readings.add(usual);
        }
        for (LexRules rules : LexRules.alternativesOf(as, usual.tokens)) {
            Reading other = reading(as, rules);
            // In a session that follows these rules PostgreSQL would refuse what they leave broken ('…' ESCAPE '\').
            if (as != Dialect.POSTGRESQL || !other.tokens.broken() && !other.tokens.strayBackslash()) {
                readings.add(other);
            }
        }
        return readings;
    }

    private Reading reading(Dialect as, LexRules rules) {
        Tokens tokens = Lexer.tokens(sql, rules);
        return new Reading(as, rules, tokens, StatementSplitter.split(as, tokens));
    }
}
