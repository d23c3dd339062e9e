package io.sallyport.controlplane.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import io.sallyport.controlplane.StartFailure;
import io.sallyport.controlplane.secrets.SecretFile;
import io.sallyport.controlplane.secrets.Secrets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one store of the control plane. Thread-safe. */
public final class Database implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final boolean shared;
    private final DiskRoom room;
    private final Notices notices;
    private final IdTakers takers;
    private final PeopleLock people;

    private Database(HikariDataSource pool, boolean shared, DiskRoom room) {
        this.pool = pool;
        this.room = room;
        this.shared = shared;
        this.takers = new IdTakers(shared);
        this.people = new PeopleLock(shared);
        this.jdbi = Jdbi.create(pool)
                .registerArgument(new InstantArgument())
                .registerColumnMapper(java.time.Instant.class, InstantArgument::read);
        this.notices = new Notices(Secrets.identifier(), shared ? jdbi : null);
    }

    /** @param url JDBC URL of a PostgreSQL database, or {@code null} for the embedded store in {@code directory} */
    public static Database open(Path directory, @Nullable String url) {
        boolean shared = url != null;
        if (url != null && !url.toLowerCase(Locale.ROOT).startsWith("jdbc:postgresql:")) {
            throw new StartFailure(
                    "--db takes a PostgreSQL URL (jdbc:postgresql://host/database?user=…); leave it out for the"
                            + " embedded store");
        }
        DiskRoom room = new DiskRoom(directory);
        Reopening reopening = new Reopening(room);
        HikariConfig config = new HikariConfig();
        config.setPoolName("store");
        config.setMaximumPoolSize(shared ? 16 : 8);
        config.setConnectionTimeout(10_000);
        if (url == null) {
            // WRITE_DELAY 0: a commit is in the file before it is acknowledged, so that a kill of this process loses
            // nothing. Its trace file would quote values of statements that failed, and take the last room of a disk.
            config.setJdbcUrl("jdbc:h2:file:"
                    + directory.toAbsolutePath().resolve("store")
                    + ";DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0;LOCK_TIMEOUT=10000;TRACE_LEVEL_FILE=0");
            config.setDriverClassName("org.h2.Driver");
            config.setExceptionOverride(reopening);
        } else {
            config.setJdbcUrl(url);
            config.setDriverClassName("org.postgresql.Driver");
            config.addDataSourceProperty("reWriteBatchedInserts", "true");
            // What the URL says of these comes first.
            config.addDataSourceProperty(
                    "socketTimeout", Long.toString(Silence.USUAL.longest().toSeconds()));
            config.addDataSourceProperty("tcpKeepAlive", "true");
            // Of connections that died all at once, one request meets several before it has a good one.
            config.setValidationTimeout(2_000);
        }
        Path file = directory.resolve("store.mv.db");
        if (!shared) {
            SecretFile.narrow(file);
        }
        LOG.info("opening the store: {}", shared ? "the database of --db" : file);
        HikariDataSource pool;
        try {
            pool = new HikariDataSource(config);
        } catch (HikariPool.PoolInitializationException e) {
            throw new StartFailure(cannotOpen(directory, shared, e), e);
        }
        reopening.of(pool);
        if (!shared) {
            // H2 makes it with the modes that the umask leaves; nothing is in it before the tables are.
            SecretFile.narrow(file);
        }
        try {
            Migrations.run(url == null ? pool : unhurried(url), shared);
        } catch (StartFailure e) {
            pool.close();
            throw e;
        }
        return new Database(pool, shared, room);
    }

    /** A step of a migration may take longer than any silence that means something. */
    private static DataSource unhurried(String url) {
        PGSimpleDataSource store = new PGSimpleDataSource();
        store.setURL(url);
        store.setSocketTimeout(0);
        store.setTcpKeepAlive(true);
        return store;
    }

    private static String cannotOpen(Path directory, boolean shared, Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String why = String.valueOf(root.getMessage()).lines().findFirst().orElse("unknown error");
        if (shared) {
            return "the database of --db cannot be reached: " + why;
        }
        if (why.contains("already in use") || why.contains("locked")) {
            return "another control plane is using " + directory + "; stop it, or choose another --data directory";
        }
        return "the store in " + directory + " cannot be opened: " + why;
    }

    /**
     * Runs in one transaction; what it announced is delivered after the commit. Any exception rolls back.
     *
     * @throws org.jdbi.v3.core.ConnectionException while the embedded store has no room, or does not answer
     */
    public <T> T change(Function<Tx, T> work) {
        return change(Silence.USUAL, work);
    }

    /** {@link #change} by statements that go through all that is stored, however long each takes. */
    public <T> T sweep(Function<Tx, T> work) {
        return change(Silence.OF_A_SWEEP, work);
    }

    private <T> T change(Silence silence, Function<Tx, T> work) {
        room.demand();
        Tx tx = new Tx(notices, takers, people);
        T result;
        try {
            result = jdbi.inTransaction(handle -> {
                if (silence != Silence.USUAL) {
                    silence.allow(handle);
                }
                tx.begin(handle);
                return work.apply(tx);
            });
        } finally {
            takers.ended(tx);
            tx.ended();
        }
        tx.committed();
        return result;
    }

    /**
     * Names of the transactions, of all replicas, that may have taken ids of events and have not ended. Every id below one that was read before has
     * its event once all of these have ended, or never will.
     */
    public Set<String> openTakers() {
        return jdbi.withHandle(takers::open);
    }

    /** {@link #change} without a result. */
    public void run(Consumer<Tx> work) {
        change(tx -> {
            work.accept(tx);
            return Boolean.TRUE;
        });
    }

    /** Reads. */
    public <T extends @Nullable Object> T read(Function<Handle, T> work) {
        return jdbi.withHandle(work::apply);
    }

    /** Reads what comes at once from a store that is well. For whoever asks again and again: a connection that died unseen holds them up for seconds only. */
    public <T extends @Nullable Object> T glance(Function<Handle, T> work) {
        return jdbi.withHandle(handle -> {
            Silence.OF_A_GLANCE.allow(handle);
            return work.apply(handle);
        });
    }

    /** Reads one state of the store: of what is committed meanwhile none of the reads sees anything. Nothing may be written. */
    public <T extends @Nullable Object> T snapshot(Function<Handle, T> work) {
        // H2's REPEATABLE READ takes a table's state when the table is first read, SERIALIZABLE that of all at once.
        return jdbi.inTransaction(
                shared ? TransactionIsolationLevel.REPEATABLE_READ : TransactionIsolationLevel.SERIALIZABLE,
                work::apply);
    }

    /** Takes what a failure says about the disk of the embedded store. */
    void suspect(RuntimeException failure) {
        if (!shared && StoreFault.of(failure) == StoreFault.CANNOT_WRITE) {
            room.missed();
        }
    }

    DiskRoom room() {
        return room;
    }

    /** Whether it is a PostgreSQL database, which several replicas may share. */
    public boolean isShared() {
        return shared;
    }

    public Notices notices() {
        return notices;
    }

    /** Identifies this process among replicas; new at each start. */
    public String replica() {
        return notices.origin();
    }

    @Override
    public void close() {
        notices.close();
        pool.close();
    }
}
