package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A driver has one TLS setting for all hosts of a URL, and it is another one where a relay stands. */
class RelayedHostsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://legacy.internal:5432,direct.internal:5432/app",
                "jdbc:postgresql://direct.internal:5432,LEGACY.internal.:5432/app",
                "jdbc:mysql://direct.internal:5432,legacy.internal:5432/app",
                "jdbc:mysql:loadbalance://address=(host=legacy.internal)(port=5432),direct.internal:5432/app",
                "jdbc:mariadb:sequential://legacy.internal:5432,direct.internal:5432/app"
            })
    void aHostBehindARelayBesideOneThatIsNotIsRefusedBeforeAnythingIsSent(String url) throws Exception {
        String vendor = url.split(":")[1];
        try (UnderPolicy policy = new UnderPolicy(
                "version: 1\nmode: enforce\ntargets: [{name: db, jdbc: 'jdbc:" + vendor
                        + "://legacy.internal:5432/*'}]\ntls: [{target: db, level: require, relay: 'relay.internal:15432'}]\n")) {
            Throwable failure = catchThrowable(() ->
                    WovenProcess.connect(driver(vendor), url, "user", "app").close());

            assertThat(failure)
                    .isExactlyInstanceOf(SQLException.class)
                    .hasMessageContaining("some of the hosts of this URL are behind a relay");
            assertThat(((SQLException) failure).getSQLState()).isEqualTo("42501");
        }
    }

    private static java.sql.Driver driver(String vendor) {
        return switch (vendor) {
            case "mysql" -> MysqlDriver.MYSQL_26.driver();
            case "mariadb" -> MysqlDriver.MARIADB_4.driver();
            default -> WovenProcess.driver("org.postgresql.Driver");
        };
    }
}
