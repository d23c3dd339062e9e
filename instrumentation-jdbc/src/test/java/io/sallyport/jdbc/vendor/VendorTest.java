package io.sallyport.jdbc.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.policy.TlsRequirement;
import io.sallyport.core.policy.TlsRequirement.Level;
import io.sallyport.core.verdict.TlsFacts;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Side doors and TLS settings of SQL Server, Oracle and SQLite. */
class VendorTest {

    private static final String SQL_SERVER = "jdbc:sqlserver://db;databaseName=x";
    private static final String TCPS = "jdbc:oracle:thin:@tcps://db:2484/x";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:sqlserver://db;trustManagerClass=a.B                  | trustmanagerclass",
                "jdbc:sqlserver://db;SOCKETFACTORYCLASS=a.B                 | socketfactoryclass",
                "jdbc:sqlserver://db;accessTokenCallbackClass=a.B           | accesstokencallbackclass",
                "jdbc:sqlserver://db;integratedSecurity=true                | authenticationscheme",
                "jdbc:sqlserver://db;authenticationScheme=NativeAuthentication | authenticationscheme",
                "jdbc:oracle:thin:@ldap://ldap/x                            | name-service",
                "jdbc:oracle:thin:@config-https://host/x                    | name-service",
                "jdbc:sqlite:x.db?enable_load_extension=true                | enable_load_extension"
            })
    void aSideDoorIsSeenInEverySpelling(String url, String door) {
        assertThat(doors(url)).containsExactly(door);
    }

    @Test
    void anOracleProviderOfAnySettingIsASideDoor() {
        Properties info = new Properties();
        info.setProperty("oracle.jdbc.provider.password", "vault");
        Vendor oracle = Vendor.of("oracle");
        assertThat(oracle.sideDoors(oracle.read(null, TCPS, info))).containsExactly("oracle.jdbc.provider.password");
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://db/x?sslfactory=com.example.Tls, sslfactory",
        "jdbc:postgresql://db/x?sslfactory=org.postgresql.ssl.libpqfactory, sslfactory",
        "jdbc:postgresql://db/x?sslhostnameverifier=com.example.Any, sslhostnameverifier",
        "jdbc:postgresql://db/x?sslpasswordcallback=com.example.Ask, sslpasswordcallback",
        "jdbc:mysql://db/x?authenticationFidoCallbackHandler=com.example.Touch, authenticationFidoCallbackHandler",
        "jdbc:mariadb://db/x?tlsSocketType=EXAMPLE, tlsSocketType",
        "jdbc:h2:mem:x;JAVA_OBJECT_SERIALIZER='com.example.Reads', JAVA_OBJECT_SERIALIZER",
        "jdbc:h2:mem:x;AUTHENTICATOR=TRUE, AUTHENTICATOR"
    })
    void settingsThatNameForeignCodeAreDoors(String url, String door) {
        assertThat(doors(url)).containsExactly(door);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://db/x?sslfactory=org.postgresql.ssl.NonValidatingFactory",
                "jdbc:postgresql://db/x?sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory&sslfactoryarg=x",
                "jdbc:postgresql://db/x?sslhostnameverifier=org.postgresql.ssl.PGjdbcHostnameVerifier",
                "jdbc:sqlserver://db;encrypt=true;user=u",
                "jdbc:sqlserver://db;integratedSecurity=true;authenticationScheme=JavaKerberos",
                "jdbc:oracle:thin:@//db/x",
                "jdbc:sqlite::memory:?foreign_keys=true",
                "jdbc:sqlite::resource:x.db"
            })
    void ordinarySettingsAreNone(String url) {
        assertThat(doors(url)).isEmpty();
    }

    @Test
    void sqlServerIsRaisedToWhatIsDemandedAndNeverLowered() {
        assertThat(raise(SQL_SERVER, Level.REQUIRE).changes()).isEqualTo(Map.of("encrypt", "true"));
        assertThat(raise(SQL_SERVER + ";encrypt=strict", Level.VERIFY_FULL).changes())
                .isEmpty();
        assertThat(raise(SQL_SERVER + ";encrypt=true;trustServerCertificate=true", Level.VERIFY_CA)
                        .changes())
                .isEqualTo(Map.of("trustservercertificate", "false"));
        assertThat(raise(SQL_SERVER + ";encrypt=false", Level.REQUIRE).complaint())
                .contains("encrypt=false");
        assertThat(raise(SQL_SERVER + ";hostNameInCertificate=other", Level.VERIFY_FULL)
                        .complaint())
                .contains("hostNameInCertificate");
    }

    @Test
    void anH2FileThatServesOthersInPlainTextIsRefusedAndOneThatDoesNotIsAsItWas() {
        assertThat(raise("jdbc:h2:/data/app;AUTO_SERVER=TRUE", Level.REQUIRE).complaint())
                .contains("AUTO_SERVER");
        assertThat(raise("jdbc:h2:/data/app;auto_server=1", Level.VERIFY_FULL).complaint())
                .contains("AUTO_SERVER");
        assertThat(raise("jdbc:h2:/data/app;AUTO_SERVER=FALSE", Level.REQUIRE)).isEqualTo(TlsSettings.ENOUGH);
        assertThat(raise("jdbc:h2:/data/app;AUTO_SERVER=TRUE", Level.OBSERVE)).isEqualTo(TlsSettings.ENOUGH);
    }

    @Test
    void oracleIsNotRaisedButRefusedWithoutTcps() {
        assertThat(raise("jdbc:oracle:thin:@//db/x", Level.REQUIRE).complaint()).contains("TCPS");
        assertThat(raise(TCPS, Level.REQUIRE)).isEqualTo(TlsSettings.ENOUGH);
        assertThat(raise(TCPS, Level.VERIFY_FULL).changes())
                .isEqualTo(Map.of("oracle.net.ssl_server_dn_match", "true"));
        assertThat(raise(TCPS + "?ssl_server_cert_dn=CN=other", Level.VERIFY_FULL)
                        .complaint())
                .contains("ssl_server_cert_dn");
    }

    @Test
    void oneAddressOfADescriptorWithoutTcpsIsEnoughToBeRefused() {
        String mixed = "jdbc:oracle:thin:@(DESCRIPTION=(ADDRESS=(PROTOCOL=tcps)(HOST=a)(PORT=1))"
                + "(ADDRESS=(PROTOCOL=tcp)(HOST=b)(PORT=2))(CONNECT_DATA=(SID=x)))";
        assertThat(raise(mixed, Level.REQUIRE).complaint()).contains("TCPS");
    }

    @Test
    void theFactsSayNoMoreThanTheSettingsDo() {
        assertThat(facts(SQL_SERVER)).isEqualTo(TlsFacts.PLAINTEXT);
        assertThat(facts("jdbc:oracle:thin:@//db/x")).isEqualTo(TlsFacts.PLAINTEXT);
        for (String encrypted : List.of(
                SQL_SERVER + ";encrypt=true",
                SQL_SERVER + ";encrypt=true;trustServerCertificate=true",
                TCPS,
                "jdbc:h2:ssl://db/x")) {
            assertThat(facts(encrypted))
                    .as("only the handshake tells what %s is", encrypted)
                    .isNull();
        }
    }

    private static @Nullable TlsFacts facts(String url) {
        Vendor vendor = Vendor.of(Vendor.nameIn(url));
        return vendor.factsBySettings(vendor.read(null, url, new Properties()));
    }

    private static List<String> doors(String url) {
        Vendor vendor = Vendor.of(Vendor.nameIn(url));
        return vendor.sideDoors(vendor.read(null, url, new Properties()));
    }

    private static TlsSettings raise(String url, Level level) {
        Vendor vendor = Vendor.of(Vendor.nameIn(url));
        return vendor.raise(
                vendor.read(null, url, new Properties()), new TlsRequirement(level, null, List.of(), Set.of()), null);
    }
}
