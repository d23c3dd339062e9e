package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.hold.HoldRoom;
import io.sallyport.core.hold.Outcome;
import io.sallyport.core.hold.Ticket;
import io.sallyport.testing.MariaDb;
import io.sallyport.testing.TlsPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What commits a branch of a distributed transaction is no way around approvals at commit and limits of a transaction. */
class DistributedTransactionsTest {

    private static final String HEAD = """
            version: 1
            mode: enforce
            default: {jdbc: allow, http: allow, unmatched: allow, opaque: allow}
            guard:
            """;

    private static final String APPROVED = HEAD + """
              - name: mass-write
                when: {kind: [delete]}
                then: approve
                message: "Mass writes need a second person."
                approval: {anyOf: [dba], at: commit, commitWait: 30s}
            """;

    private static final String LIMITED =
            HEAD + "  - {name: few, when: {kind: [delete], rows: {changed: 2, per: transaction}}, then: deny}\n";

    private static final Outcome YES = new Outcome.Approved(List.of("ann"), "fine", false);
    private static final Outcome NO = new Outcome.Refused(List.of("bob"), "not today");

    @TempDir
    static Path directory;

    @AutoClose
    private static TlsPostgres postgres;

    @AutoClose
    private static MariaDb mariadb;

    private static int branches;

    private final List<Ticket> tickets = new CopyOnWriteArrayList<>();
    private UnderPolicy policy;
    private XADataSource source;
    private Connection handle;

    @BeforeAll
    static void start() throws Exception {
        postgres = TlsPostgres.start(directory.resolve("postgres"));
        mariadb = MariaDb.startWithTls(directory.resolve("mariadb"));
    }

    @AfterEach
    void reset() {
        policy.close();
    }

    private XAConnection open(DriverDataSource kind, String rules, Outcome outcome) throws Exception {
        WovenProcess.GATE.reset();
        source = (XADataSource) kind.source(postgres, mariadb, "");
        XAConnection plain = source.getXAConnection();
        try (Connection c = plain.getConnection();
                Statement s = c.createStatement()) {
            s.execute("DROP TABLE IF EXISTS orders");
            s.execute("CREATE TABLE orders (id INT PRIMARY KEY)");
            s.execute("INSERT INTO orders VALUES (1), (2), (3), (4)");
        } finally {
            plain.close();
        }
        policy = new UnderPolicy(rules, new HoldRoom(Governed.desk(tickets, outcome), Clock.systemUTC()));
        XAConnection distributed = source.getXAConnection();
        handle = distributed.getConnection();
        return distributed;
    }

    private int left() throws SQLException {
        XAConnection plain = source.getXAConnection();
        try (Connection c = plain.getConnection();
                Statement s = c.createStatement();
                ResultSet rows = s.executeQuery("SELECT COUNT(*) FROM orders")) {
            rows.next();
            return rows.getInt(1);
        } finally {
            plain.close();
        }
    }

    private Branch work(XAConnection distributed, String sql) throws Exception {
        Branch branch = new Branch(++branches);
        XAResource resource = distributed.getXAResource();
        resource.start(branch, XAResource.TMNOFLAGS);
        try (Statement s = handle.createStatement()) {
            s.execute(sql);
        } finally {
            resource.end(branch, XAResource.TMSUCCESS);
        }
        return branch;
    }

    @ParameterizedTest
    @EnumSource(names = {"PG_XA", "PG_OLD_XA", "MYSQL_XA", "MYSQL_8_XA", "MARIADB", "MARIADB_2", "H2"})
    void aBranchIsApprovedBeforeItIsPreparedOrCommittedInOnePhase(DriverDataSource kind) throws Exception {
        XAConnection distributed = open(kind, APPROVED, NO);
        try {
            for (boolean onePhase : new boolean[] {false, true}) {
                tickets.clear();
                assertThatThrownBy(() -> {
                            Branch branch = work(distributed, "DELETE FROM orders");
                            try {
                                if (onePhase) {
                                    distributed.getXAResource().commit(branch, true);
                                } else {
                                    distributed.getXAResource().prepare(branch);
                                }
                            } catch (XAException refused) {
                                distributed.getXAResource().rollback(branch);
                                throw refused;
                            }
                        })
                        .isInstanceOfAny(SQLException.class, XAException.class);
                // Where a branch is begun by a statement, people are asked before the write.
                assertThat(tickets).as("one phase: " + onePhase).hasSize(1);
                if (kind == DriverDataSource.H2 || kind == DriverDataSource.PG_OLD_XA) {
                    assertThat(tickets.get(0).message()).contains("4 rows changed");
                } else {
                    assertThat(tickets.get(0).message()).contains("Asked before execution");
                    distributed.getXAResource().rollback(new Branch(branches));
                }
            }
        } finally {
            distributed.close();
        }
        assertThat(left()).isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource(names = {"PG_XA", "MYSQL_XA", "MARIADB", "MARIADB_2", "H2"})
    void anApprovedBranchIsCommittedInTwoPhasesAndRecoverAndForgetAskNobody(DriverDataSource kind) throws Exception {
        XAConnection distributed = open(kind, APPROVED, YES);
        try {
            Branch branch = work(distributed, "DELETE FROM orders WHERE id < 3");
            XAResource resource = distributed.getXAResource();
            assertThat(resource.prepare(branch)).isEqualTo(XAResource.XA_OK);
            resource.recover(XAResource.TMSTARTRSCAN | XAResource.TMENDRSCAN);
            resource.commit(branch, false);
            try {
                resource.forget(branch);
            } catch (XAException asTheDriverSays) {
                assertThat(asTheDriverSays.getMessage() == null ? "" : asTheDriverSays.getMessage())
                        .doesNotContain("Sallyport");
            }
            assertThat(tickets).hasSize(1);
        } finally {
            distributed.close();
        }
        assertThat(left()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"PG_XA", "MYSQL_XA", "MYSQL_8_XA", "MARIADB", "MARIADB_2", "H2"})
    void aBranchThatChangedTooMuchIsRolledBackAndTheNextOneBeginsAnew(DriverDataSource kind) throws Exception {
        XAConnection distributed = open(kind, LIMITED, YES);
        XAResource resource = distributed.getXAResource();
        try {
            for (boolean onePhase : new boolean[] {false, true}) {
                assertThatThrownBy(() -> work(distributed, "DELETE FROM orders WHERE id > 1"))
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("few");
                Branch spoilt = new Branch(branches);
                assertThatThrownBy(() -> {
                            if (onePhase) {
                                resource.commit(spoilt, true);
                            } else {
                                resource.prepare(spoilt);
                            }
                        })
                        .isInstanceOf(XAException.class);
                resource.rollback(spoilt);
            }
            assertThat(left()).isEqualTo(4);
            for (int id = 1; id <= 2; id++) {
                resource.commit(
                        work(distributed, "DELETE FROM orders WHERE id IN (" + id + ", " + (id + 2) + ")"), true);
            }
        } finally {
            distributed.close();
        }
        assertThat(left()).isZero();
    }

    private record Branch(int n) implements Xid {
        @Override
        public int getFormatId() {
            return 7;
        }

        @Override
        public byte[] getGlobalTransactionId() {
            return new byte[] {(byte) n};
        }

        @Override
        public byte[] getBranchQualifier() {
            return new byte[] {1};
        }
    }
}
