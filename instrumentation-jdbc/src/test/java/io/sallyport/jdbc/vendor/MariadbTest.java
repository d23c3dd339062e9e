package io.sallyport.jdbc.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.policy.TlsRequirement;
import io.sallyport.core.policy.TlsRequirement.Exemption;
import io.sallyport.core.policy.TlsRequirement.Level;
import io.sallyport.jdbc.vendor.MysqlTest.Classified;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.Driver;
import org.mariadb.jdbc.export.SslMode;

/** MariaDB Connector/J's URLs, side doors and TLS settings, read with the driver's own parser. */
class MariadbTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:mariadb://db/app | jdbc:mariadb://db/app",
                "jdbc:mariadb://DB:3307,other/app | jdbc:mariadb://db:3307,other/app",
                "jdbc:mariadb:replication://a,b:3307/app | jdbc:mariadb://a,b:3307/app",
                "jdbc:mariadb:sequential://address=(host=a)(port=3307)/app | jdbc:mariadb://a:3307/app",
                "jdbc:mysql://db/app?permitMysqlScheme | jdbc:mysql://db/app"
            })
    void everyFormOfAUrlNamesTheTarget(String url, String target) throws Exception {
        assertThat(read(url).target().url()).isEqualTo(target);
    }

    @Test
    void aSocketFileCountsAsOne() throws Exception {
        ConnectUrl read = read("jdbc:mariadb://localhost/app?localSocket=/run/mysqld/mysqld.sock");
        TlsRequirement required =
                new TlsRequirement(Level.REQUIRE, "TLSv1.2", List.of(), Set.of(Exemption.UNIX_SOCKET));
        assertThat(required.exemption(read.target())).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "initSql=DELETE FROM payments",
                "allowMultiQueries=true",
                "createDatabaseIfNotExist=true",
                "dumpQueriesOnException=true",
                "socketFactory=com.example.Tunnel",
                "sessionVariables=@x=(SELECT card FROM payments LIMIT 1)"
            })
    void whatRunsCodeOrSqlOrWritesValuesIsASideDoor(String setting) throws Exception {
        assertThat(new Mariadb().sideDoors(read("jdbc:mariadb://db/app?" + setting)))
                .hasSize(1);
    }

    @Test
    void theDefaultsAreNone() throws Exception {
        assertThat(new Mariadb().sideDoors(read("jdbc:mariadb://db/app?servicePrincipalName=x&credentialType=ENV")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        ", REQUIRE, TRUST",
        "sslMode=trust, VERIFY_CA, VERIFY_CA",
        "useSsl=true&trustServerCertificate=true, VERIFY_FULL, VERIFY_FULL",
        "sslMode=verify-full, REQUIRE, VERIFY_FULL"
    })
    void whatTheDriverReadsOfARaisedUrlIsTheDemandedLevel(String settings, Level level, SslMode mode) throws Exception {
        String url = "jdbc:mariadb://db/app?" + (settings == null ? "" : settings);
        for (Properties given : List.of(new Properties(), properties("SSLMODE", "trust"))) {
            TlsSettings raised =
                    new Mariadb().raise(new Mariadb().read(new Driver(), url, given), demand(level), "/roots.pem");
            assertThat(raised.complaint()).isNull();
            Vendor.Given used = new Mariadb().rewrite(url, given, raised.changes(), "1");
            Configuration read = Configuration.parse(used.url(), used.info());
            assertThat(read.sslMode()).isGreaterThanOrEqualTo(mode);
            if (level != Level.REQUIRE) {
                assertThat(read.serverSslCert()).isEqualTo("/roots.pem");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sslMode=disable", "useSsl=false", "useSSL=false"})
    void whatRulesTlsOutIsRefusedWithTheRemedy(String settings) throws Exception {
        assertThat(new Mariadb()
                        .raise(read("jdbc:mariadb://db/app?" + settings), demand(Level.VERIFY_FULL), null)
                        .complaint())
                .contains("sslMode=verify-full");
    }

    @Test
    void everySettingOfTheDriverIsClassified() throws Exception {
        Map<String, String> classes = Classified.settings("mariadb-settings.txt");
        Set<String> known = new TreeSet<>();
        for (Field f : Configuration.Builder.class.getDeclaredFields()) {
            if (!Modifier.isStatic(f.getModifiers()) && !f.getName().startsWith("_") && !f.isSynthetic()) {
                known.add(f.getName());
            }
        }
        known.removeAll(Set.of("addresses", "codecs"));
        assertThat(classes.keySet()).as("new settings: classify them").containsAll(known);
        Set<String> doors = new TreeSet<>(Mariadb.DOORS.names());
        assertThat(Classified.of(classes, "door")).isEqualTo(doors);
        Classified.of(classes, "secret")
                .forEach(name -> assertThat(Settings.secret(name)).isTrue());
    }

    private static TlsRequirement demand(Level level) {
        return new TlsRequirement(level, "TLSv1.2", List.of(), Set.of());
    }

    private static Properties properties(String name, String value) {
        Properties properties = new Properties();
        properties.setProperty(name, value);
        return properties;
    }

    private static ConnectUrl read(String url) {
        return new Mariadb().read(new Driver(), url, new Properties());
    }
}
