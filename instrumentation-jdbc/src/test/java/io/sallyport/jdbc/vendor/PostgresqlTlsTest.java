package io.sallyport.jdbc.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.policy.TlsRequirement;
import io.sallyport.core.policy.TlsRequirement.Exemption;
import io.sallyport.core.policy.TlsRequirement.Level;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresqlTlsTest {

    @ParameterizedTest
    @CsvSource({
        ", REQUIRE, require",
        "sslmode=prefer, REQUIRE, require",
        "sslmode=allow, VERIFY_CA, verify-ca",
        "sslmode=require, VERIFY_FULL, verify-full",
        "ssl=false, REQUIRE, require",
        "sslmode=verify-full, REQUIRE,",
        "ssl=true, VERIFY_FULL,",
        "ssl, VERIFY_FULL,",
        ", OBSERVE,",
        ", OFF,"
    })
    void aLevelIsRaisedAndNeverLowered(String setting, Level level, String sslmode) {
        assertThat(raise(setting, level).changes().get("sslmode")).isEqualTo(sslmode);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"sslmode=disable", "sslmode=DISABLE", "sslmode=prefer&sslmode=disable", "gssEncMode=require"})
    void whatRulesTlsOutIsRefusedWithTheRemedy(String settings) {
        assertThat(raise(settings, Level.VERIFY_FULL).complaint()).contains("verify-full");
    }

    @Test
    void rootsOfThePolicyAreGivenToADriverThatHasNone() {
        TlsSettings raised = PostgresqlTls.raise(read(""), demand(Level.VERIFY_CA), "/etc/corp.pem");
        assertThat(raised.changes())
                .containsEntry("sslrootcert", "/etc/corp.pem")
                .doesNotContainKey("sslfactory");
        assertThat(PostgresqlTls.raise(read("sslrootcert=/mine.pem"), demand(Level.VERIFY_CA), "/etc/corp.pem")
                        .changes())
                .doesNotContainKey("sslrootcert");
    }

    @Test
    void withoutRootsThePlatformsAreTrusted() {
        assertThat(raise("", Level.VERIFY_CA).changes())
                .containsEntry("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
    }

    @Test
    void anExemptTargetIsLeftAlone() {
        TlsRequirement loopback = new TlsRequirement(Level.REQUIRE, "TLSv1.2", List.of(), Set.of(Exemption.LOOPBACK));
        ConnectUrl local =
                Vendor.of("postgresql").read(null, "jdbc:postgresql://localhost/x?sslmode=disable", new Properties());
        assertThat(PostgresqlTls.raise(local, loopback, null)).isEqualTo(new TlsSettings(Map.of(), null));
    }

    @Test
    void aSettingGoesWhereTheDriverLooksFirst() {
        Properties given = new Properties();
        given.setProperty("user", "me");
        Map<String, String> changes = Map.of("sslmode", "verify-full", "sslrootcert", "/a b.pem");
        String url = QueryRewrite.url("jdbc:postgresql://db/x?sslmode=prefer", changes);
        Properties properties = Settings.copy(given, changes);
        Properties effective = org.postgresql.Driver.parseURL(url, properties);
        assertThat(effective.getProperty("sslmode")).isEqualTo("verify-full");
        assertThat(effective.getProperty("sslrootcert")).isEqualTo("/a b.pem");
        assertThat(given).containsOnlyKeys("user");
    }

    private static TlsSettings raise(String settings, Level level) {
        return PostgresqlTls.raise(read(settings == null ? "" : settings), demand(level), null);
    }

    private static TlsRequirement demand(Level level) {
        return new TlsRequirement(level, "TLSv1.2", List.of(), Set.of());
    }

    private static ConnectUrl read(String settings) {
        return Vendor.of("postgresql")
                .read(new org.postgresql.Driver(), "jdbc:postgresql://db/x?" + settings, new Properties());
    }
}
