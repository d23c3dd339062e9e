package io.sallyport.jdbc.state;

import io.sallyport.core.command.SqlCommand;
import io.sallyport.core.hold.Waiter;
import io.sallyport.core.mask.ColumnMaskPlan;
import io.sallyport.core.sql.Catalogue;
import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.verdict.Obligations;
import io.sallyport.core.verdict.Passage;
import io.sallyport.core.verdict.RowLimits;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of one statement. As thread-safe as the statement, except {@link #waiting}, which other threads may use. */
public class StatementState {

    private static final VarHandle IDLE;

    static {
        try {
            IDLE = MethodHandles.lookup().findVarHandle(StatementState.class, "idle", Waiter.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final ConnectionState connection;
    private final @Nullable String sql;
    private final KeyColumns keys;
    private final Waiting waiting = new Waiting();
    private @Nullable SqlAnalysis analysis;
    private @Nullable Catalogue analysedUnder;
    private @Nullable Parameters parameters;
    private @Nullable Batch batch;
    private @Nullable Obligations obligations;
    private @Nullable SqlCommand command;
    private @Nullable Passage passage;
    private @Nullable Passage limiting;
    private @Nullable OpenAnswer reading;
    private @Nullable SqlAnalysis translated;
    private @Nullable String translation;
    private boolean returnsCount;
    private long timeoutMillis;
    private boolean batchUnseen;
    private volatile boolean closed;
    private boolean toldOfMasked;
    private @Nullable Object handle;
    private @Nullable List<Batch.Part> plain;
    private @Nullable List<Batch.Part> plainWithParameters;

    @SuppressWarnings("UnusedVariable") // through IDLE
    private volatile @Nullable Waiter idle;

    /**
     * @param sql text given at prepare; {@code null} for a plain statement and for one whose preparation was not seen
     * @param keys the generated keys that were asked for at prepare
     */
    public StatementState(ConnectionState connection, @Nullable String sql, KeyColumns keys) {
        this.connection = connection;
        this.sql = sql;
        this.keys = keys;
    }

    public ConnectionState connection() {
        return connection;
    }

    public @Nullable String sql() {
        return sql;
    }

    /** Whether there is something to read also where an execution does not answer with rows: generated keys, OUT parameters. */
    public boolean answersBeside() {
        return keys.asked();
    }

    public KeyColumns keys() {
        return keys;
    }

    /** The analysis of {@link #sql()} under that version of the catalogue, once somebody has made it. */
    @SuppressWarnings("ReferenceEquality") // versions are told apart by identity
    public @Nullable SqlAnalysis analysis(Catalogue current) {
        return analysedUnder == current ? analysis : null;
    }

    public void analysis(SqlAnalysis made, Catalogue under) {
        analysis = made;
        analysedUnder = under;
    }

    /** Whether the driver was seen to send {@code sent} for that text. */
    @SuppressWarnings("ReferenceEquality") // an analysis stands for its text under one catalogue
    public boolean isTranslation(SqlAnalysis of, String sent) {
        return translated == of && sent.equals(translation);
    }

    public void translated(SqlAnalysis of, String sent) {
        translated = of;
        translation = sent;
    }

    public Parameters parameters() {
        if (parameters == null) {
            parameters = new Parameters();
        }
        return parameters;
    }

    public boolean hasParameters() {
        return parameters != null && !parameters.isEmpty();
    }

    /**
     * One execution with the parameters of the moment. The same list as long as the analysis is the same, so that nothing is made
     * anew for a statement that is executed again and again; parameters by name are copied.
     */
    public List<Batch.Part> plain(SqlAnalysis analysed) {
        if (!hasParameters()) {
            List<Batch.Part> known = plain;
            if (known == null || known.get(0).analysis() != analysed) {
                known = List.of(new Batch.Part(analysed, List.of()));
                plain = known;
            }
            return known;
        }
        if (parameters().areNamed()) {
            return List.of(new Batch.Part(analysed, List.of(parameters().snapshot())));
        }
        List<Batch.Part> known = plainWithParameters;
        if (known == null || known.get(0).analysis() != analysed) {
            known = List.of(new Batch.Part(analysed, List.of(parameters().view())));
            plainWithParameters = known;
        }
        return known;
    }

    public Batch batch() {
        if (batch == null) {
            batch = new Batch();
        }
        return batch;
    }

    /** What the driver prepared, where anybody could put another thing in its place; {@code null} elsewhere. */
    public @Nullable Object handle() {
        return handle;
    }

    public void handle(@Nullable Object prepared) {
        handle = prepared;
    }

    /** The statement is older than the agent, and what its batch holds is not known until it is cleared. */
    public void batchUnseen() {
        batchUnseen = true;
    }

    public boolean isBatchUnseen() {
        return batchUnseen;
    }

    /** Warnings were asked for by this statement that another one left under masks; the driver may add them to its own. */
    public void toldOfMasked() {
        toldOfMasked = true;
    }

    public boolean isToldOfMasked() {
        return toldOfMasked;
    }

    public void clearBatch() {
        batchUnseen = false;
        if (batch != null) {
            batch.clear();
        }
    }

    /**
     * What must be done to whatever the statement hands out; {@code null} before the first execution. As long as the driver has not
     * answered to the last admitted one, and after it failed, what came before may still be there: then the masks of both count.
     */
    public @Nullable Obligations obligations() {
        return obligations;
    }

    /** The execution whose limits on rows count for what the statement hands out. */
    public @Nullable Passage limiting() {
        return limiting;
    }

    /** The last admitted execution. */
    public @Nullable SqlCommand command() {
        return command;
    }

    /** The passage of the last admitted execution. */
    public @Nullable Passage passage() {
        return passage;
    }

    public void admitted(SqlCommand sent, Passage by) {
        endReading();
        command = sent;
        returnsCount = false;
        passage = by;
        add(by);
    }

    /**
     * The driver ran what was admitted, and its results have taken the place of earlier ones.
     *
     * @param ran what it says
     */
    @SuppressWarnings("ReferenceEquality") // one object for each admission
    public void answered(Passage by, SqlAnalysis ran) {
        if (by == passage) {
            obligations = by.obligations();
            limiting = by;
        } else {
            // Meanwhile the application had the same statement run something else.
            add(by);
        }
    }

    private void add(Passage by) {
        Obligations before = obligations;
        Obligations after = by.obligations();
        Passage limits = limiting;
        if (before == null
                || limits == null
                || before.columns() == ColumnMaskPlan.NONE && before.rows() == RowLimits.NONE) {
            obligations = after;
            limiting = by;
            return;
        }
        boolean stricter = after.rows() == RowLimits.NONE
                || before.rows() != RowLimits.NONE
                        && before.rows().returned(0) <= after.rows().returned(0);
        limiting = stricter ? limits : by;
        obligations = new Obligations(
                EitherPlan.of(before.columns(), after.columns()),
                after.bodies(),
                stricter ? before.rows() : after.rows(),
                after.answers(),
                after.copies());
    }

    /** What the application is reading of the last execution's results, where that is written down; else {@code null}. */
    public @Nullable OpenAnswer reading() {
        return reading;
    }

    public void reading(OpenAnswer answer) {
        reading = answer;
    }

    /** The statement is executed anew, or closed. */
    public void endReading() {
        OpenAnswer open = reading;
        if (open != null) {
            reading = null;
            open.end();
        }
    }

    /** Whether the last execution told how many rows it changed, so that the rows of a result are not such rows. */
    public boolean returnsCount() {
        return returnsCount;
    }

    public void returnsCount(boolean told) {
        returnsCount = told;
    }

    /** For one call: how long the statement's own timeout lets it wait, and who wakes it. {@link #doneWaiting} must follow. */
    public Waiter waiter() {
        if (timeoutMillis > 0) {
            return new Waiter(Duration.ofMillis(timeoutMillis), connection.situation());
        }
        Waiter unused = (Waiter) IDLE.getAndSet(this, null);
        return unused == null || unused.gaveUp() != null ? Waiter.unlimited(connection.situation()) : unused;
    }

    /** The call was decided. A waiter that nobody told to give up serves the next one. */
    public void doneWaiting(Waiter waiter) {
        if (timeoutMillis == 0 && waiter.isUnlimited() && waiter.gaveUp() == null) {
            idle = waiter;
        }
    }

    public void timeoutMillis(long millis) {
        timeoutMillis = millis;
    }

    public Waiting waiting() {
        return waiting;
    }

    /** The statement is being closed: nobody waits for it any more, nor from now on. */
    public void close(String why) {
        closed = true;
        waiting.giveUp(why);
    }

    /** Whether it was closed, or its connection. */
    public boolean isClosed() {
        return closed || connection.isEnded();
    }

    /** Whether this state can serve a statement that the driver hands out for the same preparation. */
    public boolean isFor(ConnectionState sameConnection, @Nullable String sameSql, KeyColumns sameKeys) {
        return connection == sameConnection
                && keys.equals(sameKeys)
                && (sql == null ? sameSql == null : sql.equals(sameSql));
    }

    /** A driver's cache hands the statement out again. */
    public void reuse() {
        if (parameters != null) {
            parameters.clear();
        }
        clearBatch();
        timeoutMillis = 0;
        closed = false;
    }
}
