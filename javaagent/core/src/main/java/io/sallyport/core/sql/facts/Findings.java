package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.Risk;
import io.sallyport.core.sql.SqlFacts;
import io.sallyport.core.sql.StatementKind;
import io.sallyport.core.sql.TableUse;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what the parts of a text do; the worst of all parts is the result. Confined to one thread. */
public final class Findings {

    /** Ascending consequence, to choose among kinds of equal risk. */
    private static final List<StatementKind> CONSEQUENCE = List.of(
            StatementKind.READ,
            StatementKind.TRANSACTION,
            StatementKind.SESSION,
            StatementKind.EXPLAIN,
            StatementKind.LOCK,
            StatementKind.INSERT,
            StatementKind.CREATE,
            StatementKind.COPY_LOAD,
            StatementKind.MERGE,
            StatementKind.UPDATE,
            StatementKind.CALL,
            StatementKind.DYNAMIC,
            StatementKind.ALTER,
            StatementKind.ADMIN,
            StatementKind.DELETE,
            StatementKind.GRANT_REVOKE,
            StatementKind.TRUNCATE,
            StatementKind.DROP,
            StatementKind.MULTI);

    private static final Set<StatementKind> CALLS = Set.of(StatementKind.CALL);

    private final EnumSet<StatementKind> kinds = EnumSet.noneOf(StatementKind.class);
    private final Set<TableUse> tables = new LinkedHashSet<>();
    private StatementKind kind = StatementKind.READ;
    private Risk kindRisk = Risk.NONE;
    private Risk risk = Risk.NONE;
    private SqlFacts facts = SqlFacts.NONE;
    private boolean boundedWrite;
    private boolean doubtfulWrite;
    private boolean code;

    /** A part of {@code kind}. */
    public void add(StatementKind added, Risk itsRisk, SqlFacts itsFacts) {
        boolean first = kinds.isEmpty();
        kinds.add(added);
        if (first || worse(added, itsRisk)) {
            kind = added;
            kindRisk = itsRisk;
        }
        effect(itsRisk, itsFacts);
    }

    /** An effect of a part that doesn't change its kind. */
    public void effect(Risk itsRisk, SqlFacts itsFacts) {
        risk = itsRisk.compareTo(risk) > 0 ? itsRisk : risk;
        facts = facts.or(itsFacts);
    }

    private boolean worse(StatementKind other, Risk itsRisk) {
        int byRisk = itsRisk.compareTo(kindRisk);
        return byRisk > 0 || byRisk == 0 && CONSEQUENCE.indexOf(other) > CONSEQUENCE.indexOf(kind);
    }

    public void table(TableUse use) {
        tables.add(use);
    }

    /**
     * A write with a filter was seen.
     *
     * @param doubtful a part of the filter could not be read, so that a tree should confirm it
     */
    public void markBoundedWrite(boolean doubtful) {
        boundedWrite = true;
        doubtfulWrite |= doubtful;
    }

    /** Literals of a part are run, now or later, though nothing else of it is opaque. */
    public void markCode() {
        code = true;
    }

    /** Takes everything from {@code other}. */
    public void merge(Findings other) {
        for (StatementKind each : other.kinds) {
            add(each, each == other.kind ? other.kindRisk : Risk.NONE, SqlFacts.NONE);
        }
        effect(other.risk, other.facts);
        tables.addAll(other.tables);
        boundedWrite |= other.boundedWrite;
        doubtfulWrite |= other.doubtfulWrite;
        code |= other.code;
    }

    public Set<StatementKind> kinds() {
        return kinds;
    }

    public StatementKind kind() {
        return kind;
    }

    public Risk risk() {
        return risk;
    }

    public SqlFacts facts() {
        return facts;
    }

    public Set<TableUse> tables() {
        return tables;
    }

    public boolean boundedWrite() {
        return boundedWrite;
    }

    public boolean doubtfulWrite() {
        return doubtfulWrite;
    }

    /** Whether what the text does depends on what its literals hold. */
    public boolean literalsMatter() {
        return runsLiterals() || facts.fileOrOsAccess();
    }

    /** Whether literals may be code. What is called by its name takes values, however little is known of it. */
    public boolean runsLiterals() {
        return code || facts.opaque() && !CALLS.equals(kinds);
    }
}
