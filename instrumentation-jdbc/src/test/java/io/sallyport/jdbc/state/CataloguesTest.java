package io.sallyport.jdbc.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.command.Endpoint;
import io.sallyport.core.command.Target;
import java.util.List;
import org.junit.jupiter.api.Test;

class CataloguesTest {

    private final Catalogues catalogues = new Catalogues();

    private static Target target(String vendor, String host, String database) {
        return new Target(
                Target.Protocol.JDBC,
                vendor,
                List.of(new Endpoint(host, 3306)),
                database,
                "jdbc:" + vendor + "://" + host + ":3306/" + database);
    }

    @Test
    void bothDriversOfOneServerKnowWhatEitherCopied() {
        assertThat(catalogues.of(target("mariadb", "db.example", "app")))
                .isSameAs(catalogues.of(target("mysql", "db.example", "app")));
    }

    @Test
    void anotherServerDatabaseOrProtocolIsAnotherCatalogue() {
        assertThat(List.of(
                        catalogues.of(target("mysql", "db.example", "app")),
                        catalogues.of(target("mysql", "other.example", "app")),
                        catalogues.of(target("mysql", "db.example", "app2")),
                        catalogues.of(target("postgresql", "db.example", "app"))))
                .doesNotHaveDuplicates();
    }
}
