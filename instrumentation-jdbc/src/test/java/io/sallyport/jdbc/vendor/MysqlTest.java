package io.sallyport.jdbc.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import com.mysql.cj.conf.PropertyKey;
import io.sallyport.core.policy.TlsRequirement;
import io.sallyport.core.policy.TlsRequirement.Level;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connector/J's URLs, side doors and TLS settings, read with the driver's own parser. */
class MysqlTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:mysql://db/app | jdbc:mysql://db/app",
                "jdbc:mysql://DB:3307,other/app?useSSL=true | jdbc:mysql://db:3307,other/app",
                "jdbc:mysql://address=(host=db)(port=3307)/app | jdbc:mysql://db:3307/app",
                "jdbc:mysql://(host=db,port=3307)/app | jdbc:mysql://db:3307/app",
                "jdbc:mysql:loadbalance://a,b:3307/app | jdbc:mysql://a,b:3307/app",
                "jdbc:mysql:replication://a,b/app | jdbc:mysql://a,b/app",
                "jdbc:mysql://me:secret@db/app | jdbc:mysql://db/app",
                "jdbc:mysql:/// | jdbc:mysql://localhost/"
            })
    void everyFormOfAUrlNamesTheTarget(String url, String target) throws Exception {
        ConnectUrl read = read(url);
        assertThat(read.target().url()).isEqualTo(target);
        assertThat(read.target().vendor()).isEqualTo("mysql");
        assertThat(read.settings().toString()).doesNotContain("secret");
    }

    @Test
    void aServiceNameIsOfTheSameVendor() throws Exception {
        assertThat(Vendor.of(Vendor.nameIn("jdbc:mysql+srv://svc/app"))).isInstanceOf(Mysql.class);
        assertThat(read("jdbc:mysql+srv://svc/app").target().vendor()).isEqualTo("mysql");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:mysql://db/app?autoDeserialize=true",
                "jdbc:mysql://db/app?ALLOWLOADLOCALINFILE=true",
                "jdbc:mysql://a,address=(host=b)(queryInterceptors=com.example.Spy)/app",
                "jdbc:mysql://db/app?propertiesTransform=com.example.Change",
                "jdbc:mysql://db/app?logger=com.example.Log",
                "jdbc:mysql://db/app?createDatabaseIfNotExist=yes",
                "jdbc:mysql://db/app?sessionVariables=@x=(SELECT card FROM payments LIMIT 1)",
                "jdbc:mysql://db/app?traceProtocol=true"
            })
    void whatRunsCodeOrSqlOrWritesValuesIsASideDoorWhereverItStands(String url) throws Exception {
        assertThat(new Mysql().sideDoors(read(url))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:mysql://db/app",
                "jdbc:mysql://db/app?allowMultiQueries=false&logger=Slf4JLogger",
                "jdbc:mysql://db/app?sessionVariables=sql_mode='ANSI_QUOTES,STRICT_TRANS_TABLES',time_zone='+00:00'",
                "jdbc:mysql://db/app?socketFactory=com.mysql.cj.protocol.StandardSocketFactory"
            })
    void whatDoesNotIsNone(String url) throws Exception {
        assertThat(new Mysql().sideDoors(read(url))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        ", REQUIRE, REQUIRED",
        "sslMode=PREFERRED, VERIFY_CA, VERIFY_CA",
        "useSSL=true, REQUIRE, REQUIRED",
        "useSSL=true&verifyServerCertificate=true, VERIFY_FULL, VERIFY_IDENTITY",
        "sslMode=VERIFY_IDENTITY, REQUIRE,",
        ", OBSERVE,"
    })
    void aLevelIsRaisedAndNeverLowered(String settings, Level level, String mode) throws Exception {
        TlsSettings raised = raise("jdbc:mysql://db/app?" + (settings == null ? "" : settings), level, null);
        assertThat(raised.changes().get("sslMode")).isEqualTo(mode);
        assertThat(raised.complaint()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sslMode=DISABLED", "useSSL=false", "SSLMODE=disabled"})
    void whatRulesTlsOutIsRefusedWithTheRemedy(String settings) throws Exception {
        assertThat(raise("jdbc:mysql://db/app?" + settings, Level.VERIFY_FULL, null)
                        .complaint())
                .contains("sslMode=VERIFY_IDENTITY");
    }

    @Test
    void rootsAreGivenAsAKeyStoreToADriverThatHasNone() throws Exception {
        assertThat(raise("jdbc:mysql://db/app", Level.VERIFY_CA, "/roots.p12").changes())
                .containsEntry("trustCertificateKeyStoreUrl", "file:/roots.p12");
        assertThat(raise("jdbc:mysql://db/app?trustCertificateKeyStoreUrl=file:/mine", Level.VERIFY_CA, "/roots.p12")
                        .changes())
                .doesNotContainKey("trustCertificateKeyStoreUrl");
    }

    @Test
    void aRaisedSettingReplacesEverySpelling() {
        Properties given = new Properties();
        given.setProperty("SslMode", "PREFERRED");
        Properties used = new Mysql()
                .rewrite("jdbc:mysql://db/app?sslMode=DISABLED", given, Map.of("sslMode", "REQUIRED"), "1")
                .info();
        assertThat(used).containsOnlyKeys("sslMode").containsEntry("sslMode", "REQUIRED");
    }

    @Test
    void everySettingOfTheDriverIsClassified() throws Exception {
        Map<String, String> classes = Classified.settings("mysql-settings.txt");
        Set<String> known = new TreeSet<>();
        for (PropertyKey key : PropertyKey.values()) {
            known.add(key.getKeyName());
        }
        assertThat(classes.keySet()).as("new settings: classify them").containsAll(known);
        Set<String> doors = new TreeSet<>(Mysql.names());
        doors.remove("statementInterceptors"); // of versions before 8
        assertThat(Classified.of(classes, "door")).isEqualTo(doors);
        Set<String> judged = new TreeSet<>(Mysql.JUDGED);
        judged.add("sessionVariables");
        assertThat(Classified.of(classes, "judged")).isEqualTo(judged);
        Classified.of(classes, "secret")
                .forEach(name -> assertThat(Settings.secret(name)).isTrue());
    }

    private static TlsSettings raise(String url, Level level, String keyStore) throws Exception {
        return new Mysql().raise(read(url), new TlsRequirement(level, "TLSv1.2", List.of(), Set.of()), keyStore);
    }

    private static ConnectUrl read(String url) throws Exception {
        return new Mysql().read(new com.mysql.cj.jdbc.Driver(), url, new Properties());
    }

    /** The lists of classified settings. */
    static final class Classified {

        private Classified() {}

        static Map<String, String> settings(String file) throws Exception {
            Map<String, String> classes = new TreeMap<>();
            try (var in = MysqlTest.class.getResourceAsStream(file)) {
                new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .forEach(line -> classes.put(line.split(" ")[0], line.split(" ")[1]));
            }
            return classes;
        }

        static Set<String> of(Map<String, String> classes, String kind) {
            Set<String> names = new TreeSet<>();
            classes.forEach((name, its) -> {
                if (its.equals(kind)) {
                    names.add(name);
                }
            });
            return names;
        }
    }
}
