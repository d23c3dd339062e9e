package io.sallyport.core.policy.decide;

import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Clauses;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@link AssignedValues} knows of one bracket of a statement, or of one CASE, while it reads on. */
final class WriteFrame {

    /** Where a value goes to: into a column, into any column, or into none. */
    record Place(boolean written, @Nullable String column) {

        static final Place NOWHERE = new Place(false, null);
        static final Place ANYWHERE = new Place(true, null);

        static Place of(@Nullable String column) {
            return column == null || column.isEmpty() ? ANYWHERE : new Place(true, column);
        }
    }

    enum Mode {
        /** Where a clause may begin. */
        START,
        /** Behind INTO. */
        TARGET,
        /** Behind OUTPUT: what stands there goes elsewhere. */
        OUTPUT,
        SET,
        VALUES,
        SELECT,
        /** A row of values. */
        ROW,
        CASE
    }

    /** Where the value of the whole bracket goes to. */
    final Place base;
    /** Whether it holds a query or a write, and not a part of an expression. */
    final boolean statement;
    /** Whether a text in it is, or may be, the value of the whole. */
    final boolean passing;

    Mode mode;
    Place now;
    /** Columns that rows are written into, or those on the left of {@code (a, b) = …}. */
    List<String> columns = List.of();
    /** Where the assignment or the item that is read begins. */
    int item;
    /** How many came before it. */
    int index;
    /** Whether one of those stands for any number of columns. */
    boolean star;
    /** Where the value that is read begins; -1: none is. */
    int valueFrom = -1;

    /** Whether rows for {@link #columns} follow. */
    private boolean rows;
    /** Whether a condition of a join is read, behind which the next table may follow. */
    private boolean joined;

    private WriteFrame(Mode mode, Place base, boolean statement, boolean passing) {
        this.mode = mode;
        this.base = base;
        this.now = base;
        this.statement = statement;
        this.passing = passing;
    }

    static WriteFrame root() {
        return new WriteFrame(Mode.START, Place.ANYWHERE, true, true);
    }

    /** The frame of the bracket that opens at {@code i}. */
    WriteFrame inner(Tokens t, int i, boolean passing) {
        boolean query = Clauses.startsQuery(t, i + 1, i + 4);
        boolean named = !columns.isEmpty();
        if (mode == Mode.VALUES || mode == Mode.SET && named && i == valueFrom(t) && !query) {
            return row(i, passing);
        }
        WriteFrame inner = new WriteFrame(Mode.START, now, query, passing);
        boolean source = mode == Mode.START && rows && !t.isAny(i - 1, "AS", "MATERIALIZED");
        boolean nested = query || t.is(i + 1, TokenType.LEFT_PAREN);
        if (named && nested && (source || mode == Mode.SET && i == valueFrom)) {
            inner.target(columns);
        }
        return inner;
    }

    /** Of {@code (a, b) = ROW (…)} the word is a part of the row. */
    private int valueFrom(Tokens t) {
        return t.is(valueFrom, "ROW") ? valueFrom + 1 : valueFrom;
    }

    private WriteFrame row(int i, boolean passing) {
        Place each = columns.isEmpty() ? base : Place.ANYWHERE;
        WriteFrame row = new WriteFrame(Mode.ROW, each, false, passing);
        row.columns = columns;
        row.item(i + 1, 0);
        return row;
    }

    /** Rows for these columns follow. */
    void target(List<String> names) {
        columns = names;
        rows = true;
        mode = Mode.START;
    }

    WriteFrame inCase(boolean passing) {
        WriteFrame inner = new WriteFrame(Mode.CASE, now, false, passing);
        inner.now = Place.NOWHERE;
        return inner;
    }

    private void item(int from, int number) {
        item = from;
        valueFrom = from;
        index = number;
        now = !star && number < columns.size() ? Place.of(columns.get(number)) : base;
    }

    void comma(int i) {
        if (mode == Mode.ROW || mode == Mode.SELECT) {
            item(i + 1, index + 1);
        } else if (mode == Mode.SET) {
            set(i + 1);
        } else if (joined) {
            now = sourcePlace();
        }
    }

    void select(int from) {
        enter(Mode.SELECT, base);
        star = false;
        item(from, 0);
    }

    /** An assignment of a SET list begins. */
    void set(int from) {
        enter(Mode.SET, Place.ANYWHERE);
        columns = List.of();
        item = from;
    }

    /** The {@code =} of an assignment. */
    void assign(int i, @Nullable String column) {
        now = Place.of(column);
        valueFrom = i + 1;
    }

    void enter(Mode next, Place place) {
        mode = next;
        now = place;
        valueFrom = -1;
        rows = false;
        joined = false;
    }

    /** A list of tables. */
    void source() {
        enter(Mode.START, sourcePlace());
    }

    /** Another part of a compound query. */
    void union() {
        enter(Mode.START, base);
        rows = true;
    }

    /** A value of a table in FROM may be written into any column; in a sub-select of a condition into none. */
    Place sourcePlace() {
        return base.written() ? Place.ANYWHERE : Place.NOWHERE;
    }

    /** @param join whether the next table may follow */
    void condition(boolean join) {
        enter(Mode.START, Place.NOWHERE);
        joined = join;
    }
}
