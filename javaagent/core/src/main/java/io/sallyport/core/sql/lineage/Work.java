package io.sallyport.core.sql.lineage;

import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.KeptPlace;
import io.sallyport.core.sql.Lineage;
import io.sallyport.core.sql.TableUse;
import io.sallyport.core.sql.structure.UnreadableException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** State of one analysis: what it may still cost, and what it has found besides the output. */
final class Work {

    static final int MAX_DEPTH = 64;
    /** H2 gives most, 16,384 (others 1,664 to 4,096); CTEs that double their columns get no further than servers let them. */
    static final int MOST_COLUMNS = 16_384;
    /** A column that a list shows costs as many times what a word does. */
    private static final int STEPS_OF_COLUMN = 4;

    final Dialect dialect;
    final Schema schema;
    final List<Lineage.Copy> copies = new ArrayList<>();
    final Set<TableUse> reads = new LinkedHashSet<>();
    /** Tables that the statement makes and that hold nothing yet. */
    final Set<String> made = new HashSet<>();

    /** Columns that decide which rows there are; see {@link InfluenceReader}. */
    Origins influences = new Origins();
    /** What an EXISTS tells is being read, in views as well. */
    boolean comparing;

    final AssignedVariables assigned = new AssignedVariables();

    /** Views being expanded, so that one that names itself ends. */
    final Set<String> expanding = new HashSet<>();

    /** The target of the write that was read last, with what was written into it. */
    @Nullable
    Relation changed;

    private boolean exact = true;
    private boolean silent;
    private int budget;
    private int depth;

    Work(Dialect dialect, Schema schema, int budget) {
        this.dialect = dialect;
        this.schema = schema;
        this.budget = budget;
    }

    /** Whether users defined a function of this name, which PostgreSQL lets them call as if it were a column of its argument. */
    boolean isUsersRowFunction(String name) {
        return dialect == Dialect.POSTGRESQL && schema.catalogue().hasFunction(name);
    }

    /** To be called for each step, so that nested fixed points cannot multiply without bound. */
    void step() {
        if (--budget < 0) {
            throw new UnreadableException("too much work");
        }
    }

    /** To be called for each column that a query shows. */
    void column() {
        budget -= STEPS_OF_COLUMN - 1;
        step();
    }

    void enter() {
        if (++depth > MAX_DEPTH) {
            throw UnreadableException.TOO_DEEP;
        }
    }

    void leave() {
        depth--;
    }

    /** What a reading apart must leave as it was. */
    record Mark(boolean exact, boolean silent, int budget, int depth, int copies, int reads) {}

    Mark mark() {
        return new Mark(exact, silent, budget, depth, copies.size(), reads.size());
    }

    void back(Mark to) {
        exact = to.exact;
        silent = to.silent;
        // What was spent is spent, so that readings apart cannot multiply; what is left must do for the output all the
        // same.
        budget = Math.max(budget, to.budget / 2);
        depth = to.depth;
        // What a condition gives to a program is given.
        copies.subList(to.copies, copies.size()).removeIf(copy -> !copy.into().equals(KeptPlace.OUTSIDE.origin()));
        Iterator<TableUse> inOrder = reads.iterator();
        for (int i = 0; inOrder.hasNext(); i++) {
            inOrder.next();
            if (i >= to.reads) {
                inOrder.remove();
            }
        }
    }

    void markInexact() {
        exact = false;
    }

    boolean isExact() {
        return exact;
    }

    /** Starts the next statement. */
    void restart() {
        exact = true;
        silent = false;
    }

    void exact(boolean value) {
        exact = value;
    }

    /** The statement keeps its rows in a table of its own. */
    void markSilent() {
        silent = true;
    }

    boolean isSilent() {
        return silent;
    }

    boolean wholeRows() {
        return dialect == Dialect.POSTGRESQL || dialect == Dialect.SQLITE || dialect == Dialect.GENERIC;
    }
}
