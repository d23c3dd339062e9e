package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A password that stands where JDBC URLs have no place for one is recorded nowhere. */
class RecordedUrlsTest {

    private static final String POLICY = """
            version: 1
            mode: %s
            targets:
              - {name: known, jdbc: "jdbc:postgresql://localhost:1/db"}
            default: {jdbc: allow, http: allow, unmatched: %s, opaque: allow}
            """;

    private UnderPolicy policy;

    @BeforeEach
    void load() throws Exception {
        policy = new UnderPolicy(POLICY.formatted("observe", "allow"));
    }

    @AfterEach
    void reset() {
        policy.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://app:S3cretPw@localhost:1/db",
                "jdbc:postgresql://app:S3cretPw%40localhost:1/db",
                "jdbc:postgresql://localhost:1/db#S3cretPw",
                "jdbc:h2:tcp://app:S3cretPw@localhost:1/x",
                "jdbc:sqlite::resource:http://u:S3cretPw@localhost:1/x.db"
            })
    void aPasswordInAUrlIsNotRecorded(String url) {
        assertThatThrownBy(() -> WovenProcess.connect(url)).isInstanceOf(SQLException.class);
        assertThat(policy.events)
                .isNotEmpty()
                .allSatisfy(e -> assertThat(e.toString().toLowerCase(java.util.Locale.ROOT))
                        .doesNotContain("s3cret"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:postgresql://app:S3cretPw@localhost:1/db", "jdbc:postgresql://app@localhost:1/db"})
    void aUserBeforeAHostDoesNotMakeItTheHostThatAPolicyNames(String url) throws Exception {
        policy.change(POLICY.formatted("enforce", "deny"));
        assertThatThrownBy(() -> WovenProcess.connect(url))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("Sallyport");
    }
}
