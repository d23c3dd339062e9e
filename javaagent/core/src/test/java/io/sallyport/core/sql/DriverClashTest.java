package io.sallyport.core.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** What texts change of their session behind the driver's back. */
class DriverClashTest {

    private final SqlReader reader = new StandardSqlReader();

    private DriverClash clash(Dialect dialect, String sql) {
        return reader.read(dialect, sql, Catalogue.EMPTY).clash();
    }

    @Test
    void anotherCharacterSetIsOneOfMysqlAlsoWhereItsModesAreNotKnown() {
        assertThat(clash(Dialect.MYSQL, "SET NAMES gbk")).isEqualTo(DriverClash.CHARSET);
        assertThat(clash(Dialect.GENERIC, "SET NAMES gbk")).isEqualTo(DriverClash.CHARSET);
        assertThat(clash(Dialect.MYSQL, "SET NAMES utf8mb4")).isNull();
        assertThat(clash(Dialect.MYSQL, "SELECT 'SET NAMES gbk'")).isNull();
        assertThat(clash(Dialect.H2, "SET NAMES gbk")).isNull();
    }

    @Test
    void aNameOfTheDriversOwnIsOneOfPostgresql() {
        assertThat(clash(Dialect.POSTGRESQL, "PREPARE \"S_1\" AS SELECT 1")).isEqualTo(DriverClash.NAMES);
        assertThat(clash(Dialect.POSTGRESQL, "PREPARE mine AS SELECT 1")).isNull();
        assertThat(clash(Dialect.MYSQL, "PREPARE \"S_1\" AS SELECT 1")).isNull();
    }

    @Test
    void itStaysWithTheTextWhateverIsMadeOfItsOutput() {
        SqlAnalysis read = reader.read(Dialect.MYSQL, "SET NAMES gbk", Catalogue.EMPTY);
        assertThat(read.withUnknownOutput().clash()).isEqualTo(DriverClash.CHARSET);
    }

    @Test
    void ofAnUnreadableTextTheWordIsEnough() {
        assertThat(DriverClash.ofUnreadable(Dialect.MYSQL, "SELECT x AS names")).isEqualTo(DriverClash.CHARSET);
        assertThat(DriverClash.ofUnreadable(Dialect.MYSQL, "SELECT x")).isNull();
        assertThat(DriverClash.of(Dialect.MYSQL, "SELECT x AS names", Set.of(StatementKind.READ)))
                .isNull();
    }
}
