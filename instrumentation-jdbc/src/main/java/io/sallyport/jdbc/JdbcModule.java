package io.sallyport.jdbc;

import io.sallyport.jdbc.read.UndecidedReader;
import io.sallyport.jdbc.weave.CallableStatementPoint;
import io.sallyport.jdbc.weave.ConnectionPoint;
import io.sallyport.jdbc.weave.DataSourcePoint;
import io.sallyport.jdbc.weave.DatabaseMetaDataPoint;
import io.sallyport.jdbc.weave.DriverPoint;
import io.sallyport.jdbc.weave.H2CommandPoint;
import io.sallyport.jdbc.weave.H2ConnectionPoint;
import io.sallyport.jdbc.weave.H2EnginePoint;
import io.sallyport.jdbc.weave.H2OwnCallsPoint;
import io.sallyport.jdbc.weave.H2ResultSetPoint;
import io.sallyport.jdbc.weave.H2SessionPoint;
import io.sallyport.jdbc.weave.H2ToolPoint;
import io.sallyport.jdbc.weave.H2ValuePoint;
import io.sallyport.jdbc.weave.MariadbClientPoint;
import io.sallyport.jdbc.weave.MariadbClientsPoint;
import io.sallyport.jdbc.weave.MariadbCommandsPoint;
import io.sallyport.jdbc.weave.MariadbConnectionPoint;
import io.sallyport.jdbc.weave.MariadbConnectsPoint;
import io.sallyport.jdbc.weave.MariadbDriverPoint;
import io.sallyport.jdbc.weave.MariadbPooledPoint;
import io.sallyport.jdbc.weave.MariadbPreparesPoint;
import io.sallyport.jdbc.weave.MariadbProtocolPoint;
import io.sallyport.jdbc.weave.MariadbStatementPoint;
import io.sallyport.jdbc.weave.MysqlAuthenticationPoint;
import io.sallyport.jdbc.weave.MysqlConnectionPoint;
import io.sallyport.jdbc.weave.MysqlPreparedStatementPoint;
import io.sallyport.jdbc.weave.MysqlProtocolPoint;
import io.sallyport.jdbc.weave.MysqlProtocolUsersPoint;
import io.sallyport.jdbc.weave.MysqlRowsPoint;
import io.sallyport.jdbc.weave.MysqlSessionPoint;
import io.sallyport.jdbc.weave.MysqlSocketPoint;
import io.sallyport.jdbc.weave.MysqlStatementPoint;
import io.sallyport.jdbc.weave.MysqlXProtocolPoint;
import io.sallyport.jdbc.weave.OracleChannelPoint;
import io.sallyport.jdbc.weave.OracleXaPoint;
import io.sallyport.jdbc.weave.PgAuthenticationPoint;
import io.sallyport.jdbc.weave.PgConnectionPoint;
import io.sallyport.jdbc.weave.PgCopyPoint;
import io.sallyport.jdbc.weave.PgDriverPoint;
import io.sallyport.jdbc.weave.PgExecutorPoint;
import io.sallyport.jdbc.weave.PgFastpathPoint;
import io.sallyport.jdbc.weave.PgNotificationsPoint;
import io.sallyport.jdbc.weave.PgReplicationPoint;
import io.sallyport.jdbc.weave.PgStatementPoint;
import io.sallyport.jdbc.weave.PoolPoint;
import io.sallyport.jdbc.weave.PreparedStatementPoint;
import io.sallyport.jdbc.weave.ResultSetPoint;
import io.sallyport.jdbc.weave.SqlServerBulkCopyPoint;
import io.sallyport.jdbc.weave.SqlServerLoginPoint;
import io.sallyport.jdbc.weave.SqlServerTlsPoint;
import io.sallyport.jdbc.weave.SqliteCallbackPoint;
import io.sallyport.jdbc.weave.SqliteConnectPoint;
import io.sallyport.jdbc.weave.SqliteDatabasePoint;
import io.sallyport.jdbc.weave.SqliteHandlePoint;
import io.sallyport.jdbc.weave.SqliteImagePoint;
import io.sallyport.jdbc.weave.SqlitePointerPoint;
import io.sallyport.jdbc.weave.StatementPoint;
import io.sallyport.jdbc.weave.StreamedRowsPoint;
import io.sallyport.jdbc.weave.TypeMapPoint;
import io.sallyport.weaving.ClassFilter;
import io.sallyport.weaving.StateField;
import io.sallyport.weaving.WeaveModule;
import io.sallyport.weaving.WeavePoint;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/** JDBC drivers: any driver by the types of {@code java.sql}, and what is particular to pgjdbc, H2 and the two drivers for MySQL. */
public final class JdbcModule implements WeaveModule {

    /** Drivers and pools that the tests of this project run against what they talk to in production. */
    private static final List<String> PROVEN = List.of(
            "org.postgresql.",
            "org.h2.",
            "com.mysql.",
            "org.mariadb.",
            "org.sqlite.",
            "com.zaxxer.hikari.",
            "org.apache.commons.dbcp2.",
            "org.apache.tomcat.jdbc.",
            "com.mchange.v2.c3p0.",
            "io.sallyport.jdbc.canary.");

    /** com, org, net, de. */
    private static final int LONGEST_DOMAIN = 3;

    /** Woven classes of drivers in which no type of JDBC occurs. */
    private static final String[] MENTION_NO_JDBC = {
        H2EnginePoint.TYPE,
        "org.h2.engine.SessionLocal",
        "org.h2.engine.Session",
        "org.h2.engine.SessionRemote",
        "org.h2.command.Command",
        "org.h2.command.CommandRemote",
        "org.h2.value.lob.LobData",
        "org.h2.value.lob.LobDataDatabase",
        "org.h2.value.lob.LobDataFetchOnDemand",
        "org.h2.value.lob.LobDataFile",
        SqlServerTlsPoint.TYPE,
        MariadbPreparesPoint.CONTEXT,
        "com.mysql.cj.NativeSession",
        "com.mysql.cj.ClientPreparedQuery",
        "com.mysql.cj.ServerPreparedQuery",
        "com.mysql.cj.NativeQueryBindValue",
        "com.mysql.cj.protocol.AbstractProtocol",
        "com.mysql.cj.protocol.a.NativeProtocol",
        "com.mysql.cj.protocol.a.NativeAuthenticationProvider",
        "com.mysql.cj.protocol.a.result.NativeResultset",
        "com.mysql.cj.protocol.x.XProtocol"
    };

    public JdbcModule() {
        StateField.undecidedReader(new UndecidedReader());
    }

    @Override
    public String name() {
        return "jdbc";
    }

    @Override
    public Idiom idiom() {
        return Idiom.SQL;
    }

    @Override
    public ClassFilter filter() {
        return ClassFilter.mentions(
                        "java/sql/",
                        Driver.class,
                        DataSource.class,
                        Connection.class,
                        Statement.class,
                        ResultSet.class,
                        DatabaseMetaData.class)
                .or(ClassFilter.named(MENTION_NO_JDBC));
    }

    @Override
    public List<WeavePoint> points() {
        return List.of(
                new DriverPoint(),
                new DataSourcePoint(),
                new PoolPoint(),
                new ConnectionPoint(),
                new DatabaseMetaDataPoint(),
                new StatementPoint(),
                new PreparedStatementPoint(),
                // Before the getters' guards, which would put their own words in place of its refusal.
                new TypeMapPoint(),
                new CallableStatementPoint(),
                new ResultSetPoint(),
                new StreamedRowsPoint(),
                new H2ResultSetPoint(),
                new H2ConnectionPoint(),
                new H2OwnCallsPoint(),
                new H2EnginePoint(),
                new H2SessionPoint(),
                new H2CommandPoint(),
                new H2ValuePoint(),
                new H2ToolPoint(),
                new PgDriverPoint(),
                new PgAuthenticationPoint(),
                new PgStatementPoint(),
                new PgCopyPoint(),
                new PgFastpathPoint(),
                new PgConnectionPoint(),
                new PgExecutorPoint(),
                new PgNotificationsPoint(),
                new PgReplicationPoint(),
                new MysqlConnectionPoint(),
                new MysqlAuthenticationPoint(),
                new MysqlProtocolPoint(),
                new MysqlSessionPoint(),
                new MysqlProtocolUsersPoint(),
                new MysqlSocketPoint(),
                new MysqlRowsPoint(),
                new MysqlStatementPoint(),
                new MysqlPreparedStatementPoint(),
                new MysqlXProtocolPoint(),
                new MariadbDriverPoint(),
                new MariadbConnectionPoint(),
                new MariadbPooledPoint(),
                new MariadbStatementPoint(),
                new MariadbClientPoint(),
                new MariadbProtocolPoint(),
                new MariadbConnectsPoint(),
                new MariadbCommandsPoint(),
                new MariadbPreparesPoint(),
                new MariadbClientsPoint(),
                new OracleChannelPoint(),
                new OracleXaPoint(),
                new SqlServerBulkCopyPoint(),
                new SqlServerTlsPoint(),
                new SqlServerLoginPoint(),
                new SqliteConnectPoint(),
                new SqliteDatabasePoint(),
                new SqlitePointerPoint(),
                new SqliteHandlePoint(),
                new SqliteImagePoint(),
                new SqliteCallbackPoint());
    }

    @Override
    public Set<String> libraryPackages() {
        return Set.of("io.sallyport.jdbc.postgresql", "io.sallyport.jdbc.mysql", "io.sallyport.jdbc.mariadb");
    }

    @Override
    public boolean proven(String binaryName) {
        for (String prefix : PROVEN) {
            if (binaryName.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    /** The first two parts of the package; the first alone where it is no top-level domain: {@code oracle.net} belongs to {@code oracle.jdbc}. */
    @Override
    public String library(String binaryName) {
        int first = binaryName.indexOf('.');
        int second = binaryName.indexOf('.', first + 1);
        int end = first > LONGEST_DOMAIN || second < 0 ? first : second;
        return end < 0 ? "" : binaryName.substring(0, end);
    }

    @Override
    public String canary() {
        return "io.sallyport.jdbc.canary.Canary";
    }

    @Override
    public String rehearsal() {
        return "io.sallyport.jdbc.canary.CanaryDriver";
    }
}
