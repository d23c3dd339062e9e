package io.sallyport.jdbc.state;

import io.sallyport.core.command.ConnectCommand;
import io.sallyport.core.command.SqlCommand.TransactionState;
import io.sallyport.core.command.Target;
import io.sallyport.core.hold.Situation;
import io.sallyport.core.sql.Catalogue;
import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.sql.StatementKind;
import io.sallyport.core.sql.TargetCatalogue;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one physical connection; learnt once, when it is opened. Thread-safe.
 *
 * <p>It also knows which threads are inside an admitted call on it. The guard is keyed by connection <em>and</em> thread: an
 * application's stream that is bound as a parameter can run another query on another connection during {@code execute}, and that
 * query is a call of its own.
 */
public final class ConnectionState {

    /**
     * Drivers that answer {@code ResultSetMetaData.getTableName} without asking the server, and {@code getColumnName} by the
     * column's own name. pgjdbc runs a query for the first; SQLite's answers the second with the label.
     */
    private static final Set<String> BASE_NAMES_FREE = Set.of("h2", "mysql", "mariadb");

    /** Statements of one of these kinds alone leave everything as it is but rows. */
    private static final Set<StatementKind> PLAIN =
            EnumSet.of(StatementKind.READ, StatementKind.INSERT, StatementKind.UPDATE, StatementKind.DELETE);

    private static final Set<StatementKind> MAY_CHANGE_NAMES =
            EnumSet.of(StatementKind.SESSION, StatementKind.CALL, StatementKind.DYNAMIC);

    private final ConnectCommand opened;
    private final boolean mysql;
    private volatile Dialect dialect;
    private final TargetCatalogue catalogue;
    private final Frames frames = new Frames();
    private final Waiting waiting = new Waiting();
    private final OpenAnswers answers = new OpenAnswers();
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile boolean autoCommit = true;
    private volatile boolean transactionBySql;
    /** Whether the server commits each statement, where SQL told it so and not {@code setAutoCommit}. */
    private volatile @Nullable Boolean autoCommitBySql;

    private volatile boolean everMasked;
    /** Whether the statement that ran last met a masked column, as far as the warnings go that the server keeps of it. */
    private volatile boolean warnsOfMasked;
    /** Whether names without a schema mean what they meant when the catalogue was read. */
    private volatile boolean pathKnown;

    private final Transaction changes;
    private final Situation situation = new Situation() {
        @Override
        public @Nullable String circumstances(Duration wait) {
            return told(wait);
        }

        @Override
        public String context() {
            return names.text();
        }
    };

    private final Situation atCommit = new Situation() {
        @Override
        public @Nullable String circumstances(Duration wait) {
            return whereNamesLead();
        }

        @Override
        public String context() {
            return names.text();
        }
    };

    private volatile SessionNames names = SessionNames.AS_CONNECTED;
    private @Nullable PoolLink pool;
    /** Plain on purpose: a thread sees itself here only if it wrote itself. */
    private @Nullable Thread creating;

    /** The class of its woven result sets, as far as it was seen; plain, since a thread that misses it finds it again. */
    private @Nullable Class<?> resultType;

    /** Whose getter of a masked column ran last, or runs; plain, like {@link #creating}. */
    private @Nullable Object reading;

    /** @param catalogue of the target, shared with its other connections */
    public ConnectionState(ConnectCommand opened, TargetCatalogue catalogue) {
        this(opened, catalogue, new Transaction());
    }

    private ConnectionState(ConnectCommand opened, TargetCatalogue catalogue, Transaction changes) {
        this.changes = changes;
        this.opened = opened;
        this.catalogue = catalogue;
        Dialect usual = Dialect.ofVendor(opened.target().vendor());
        this.mysql = usual == Dialect.MYSQL;
        this.dialect = mysql && SqlMode.isSetBy(opened.settings()) ? Dialect.GENERIC : usual;
    }

    /** Another connection object for the session of {@code other}: their transaction is one. */
    public ConnectionState(ConnectionState other) {
        this(other.opened, other.catalogue, other.changes);
        this.autoCommit = other.autoCommit;
    }

    public ConnectCommand opened() {
        return opened;
    }

    public Target target() {
        return opened.target();
    }

    public String session() {
        return opened.session();
    }

    public Dialect dialect() {
        return dialect;
    }

    /** What is known of the target, by all connections to it. */
    public TargetCatalogue catalogue() {
        return catalogue;
    }

    /** What statements on this connection are read with. */
    public Catalogue currentCatalogue() {
        return pathKnown ? catalogue.current() : catalogue.withoutPath();
    }

    /** Whether this thread is inside a method of the connection that makes a statement. */
    public boolean isCreating() {
        return creating == Thread.currentThread();
    }

    public void creating(boolean begins) {
        creating = begins ? Thread.currentThread() : null;
    }

    /** Whether the driver builds objects of the application's classes of the values that its getters read. */
    public boolean buildsObjects() {
        return target().vendor().equals("postgresql");
    }

    /** A class of result sets that is known to be woven and to carry its objects' states itself. */
    public @Nullable Class<?> resultType() {
        return resultType;
    }

    public void resultType(Class<?> woven) {
        resultType = woven;
    }

    public @Nullable Object reading() {
        return reading;
    }

    /** @param reader whose getter begins; {@code null} for a column that is clear */
    public void reading(@Nullable Object reader) {
        reading = reader;
    }

    public void pathKnown(boolean known) {
        pathKnown = known;
    }

    /** {@code setSchema} or {@code setCatalog} is called. */
    public void names(String setting, @Nullable String to) {
        pathKnown = false;
        names = names.set(setting, to);
    }

    public boolean baseNamesFree() {
        return BASE_NAMES_FREE.contains(target().vendor());
    }

    /** Whether the server speaks MySQL's protocol; what JDBC calls a catalogue is what SQL calls a schema there. */
    public boolean isMysql() {
        return mysql;
    }

    /** The innermost call that this thread is inside of on this connection, or {@code null}. */
    public @Nullable Frame inside() {
        return frames.innermost(Thread.currentThread());
    }

    /** Only after the decision: a refusal that is thrown before leaves nothing behind. */
    public void enter(Frame frame) {
        frames.push(frame);
    }

    public void leave(Frame frame) {
        frames.remove(frame);
    }

    /** What is being read on this connection and written down then. */
    public OpenAnswers answers() {
        return answers;
    }

    /** Those who wait for approval on this connection. */
    public Waiting waiting() {
        return waiting;
    }

    /** Lets every waiting call of this connection go. */
    public void release(String why) {
        waiting.giveUp(why);
    }

    /** Whether this is the first to end the session. */
    public boolean end() {
        return ended.compareAndSet(false, true);
    }

    /** Whether the driver has closed the connection. */
    public boolean isEnded() {
        return ended.get();
    }

    /** Whether a statement under masks was ever sent. */
    public boolean everMasked() {
        return everMasked;
    }

    /** A statement under masks is sent, or was. */
    public void masked() {
        if (!everMasked) {
            everMasked = true;
        }
        if (!warnsOfMasked) {
            warnsOfMasked = true;
        }
    }

    /** Whether warnings that the server keeps of the last statement may be of one under masks; another thread's may be running. */
    public boolean warnsOfMasked() {
        return warnsOfMasked || frames.areOfOthers(Thread.currentThread());
    }

    /** A statement without masks was answered. MySQL and MariaDB forget the warnings of the one before where it uses a table. */
    public void answeredClear(SqlAnalysis analysis) {
        if (warnsOfMasked
                && analysis.tables().stream().anyMatch(t -> !t.table().equalsIgnoreCase("dual"))
                && frames.isEmpty()) {
            warnsOfMasked = false;
        }
    }

    /** What limits on changed rows know of the transaction. */
    public Transaction changes() {
        return changes;
    }

    /** What those who let a caller wait should know. */
    public Situation situation() {
        return situation;
    }

    /** The pool that lends the connection; {@code null} where none is known. */
    public @Nullable PoolLink pool() {
        return pool;
    }

    public void pool(PoolLink lends) {
        pool = lends;
    }

    /** The same for the commit of what ran, whose transaction tells of itself. */
    public Situation situationAtCommit() {
        return atCommit;
    }

    private @Nullable String told(Duration wait) {
        PoolLink lends = pool;
        String limits = lends == null ? null : lends.exceededBy(wait);
        String told = Stream.of(openTransaction(), limits, whereNamesLead())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "));
        return told.isEmpty() ? null : told;
    }

    private @Nullable String whereNamesLead() {
        String said = names.text();
        return said.isEmpty() ? null : "Its session was told where names lead and whose rights it has: " + said + ".";
    }

    private @Nullable String openTransaction() {
        Long open = changes.work().openNanos();
        return open == null || transaction() == TransactionState.AUTOCOMMIT
                ? null
                : "Its transaction is open for " + open / 1_000_000_000 + " s ("
                        + changes.work().words() + ") and stays open while it waits.";
    }

    public TransactionState transaction() {
        if (transactionBySql) {
            return TransactionState.UNKNOWN;
        }
        Boolean said = autoCommitBySql;
        return (said == null ? autoCommit : said) ? TransactionState.AUTOCOMMIT : TransactionState.IN_TRANSACTION;
    }

    /** {@code setAutoCommit} succeeded. Told what they take for true already, drivers may send nothing. */
    public void autoCommit(boolean on) {
        if (autoCommit != on) {
            // JDBC 4.3, Connection.setAutoCommit: a change during a transaction commits it.
            changes.ended();
            transactionBySql = false;
            autoCommitBySql = null;
        }
        autoCommit = on;
    }

    /**
     * A statement may have told the server to commit each statement, or not to.
     *
     * @param each what the server does from now on; {@code null} where that is not known
     */
    public void serverCommits(@Nullable Boolean each) {
        if (each == null) {
            transactionBySql = true;
            return;
        }
        boolean before = transaction() == TransactionState.AUTOCOMMIT;
        if (each != before) {
            changes.ended();
        }
        autoCommitBySql = each == autoCommit ? null : each;
    }

    /** {@code commit()} or {@code rollback()} of the whole succeeded. */
    public void transactionEnded() {
        transactionBySql = false;
        if (dialect == Dialect.SQLITE) {
            // Its driver begins the next one.
            autoCommitBySql = null;
        }
        changes.ended();
    }

    /** How texts are read that are sent one after the other in one call: each of them may change that for those behind it. */
    public Dialect dialectWithin(List<SqlAnalysis> texts) {
        return mysql && texts.size() > 1 && texts.stream().anyMatch(SqlMode::mayBeSetBy) ? Dialect.GENERIC : dialect;
    }

    /** A statement was sent; transactions that are opened by SQL, and what changes names, show here only. */
    public void sent(SqlAnalysis analysis) {
        if (mysql && dialect != Dialect.GENERIC && SqlMode.mayBeSetBy(analysis)) {
            dialect = Dialect.GENERIC;
        }
        Set<StatementKind> kinds = analysis.kinds();
        if (kinds.size() == 1 && PLAIN.contains(analysis.kind())) {
            return;
        }
        if (kinds.contains(StatementKind.TRANSACTION)) {
            boolean ends = analysis.step().ends();
            transactionBySql = !ends;
            if (ends) {
                changes.ended();
                if (dialect == Dialect.SQLITE && !autoCommit) {
                    // The engine commits each statement, since the driver begins a transaction after its own commit
                    // only.
                    autoCommitBySql = true;
                }
            }
        }
        changesNames(analysis);
    }

    /** A statement failed that the server may have carried out all the same; a transaction that it would have ended counts as open. */
    public void mayHaveRun(SqlAnalysis analysis) {
        if (mysql && SqlMode.mayBeSetBy(analysis)) {
            dialect = Dialect.GENERIC;
        }
        if (analysis.kinds().contains(StatementKind.TRANSACTION) || dialect == Dialect.SQLITE) {
            // SQLite ends a transaction for some errors.
            transactionBySql = true;
        }
        changesNames(analysis);
    }

    private void changesNames(SqlAnalysis analysis) {
        Set<StatementKind> kinds = analysis.kinds();
        if (kinds.contains(StatementKind.SESSION)) {
            names = names.sent(analysis.sql());
        }
        if (pathKnown && MAY_CHANGE_NAMES.stream().anyMatch(kinds::contains)) {
            // What SET, a procedure or a block does to the search path is not told from its text.
            pathKnown = false;
        }
        catalogue.changedBy(analysis);
    }
}
