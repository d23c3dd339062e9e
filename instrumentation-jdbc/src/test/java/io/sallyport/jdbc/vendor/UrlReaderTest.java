package io.sallyport.jdbc.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.command.Endpoint;
import java.sql.Driver;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlReaderTest {

    private static final Driver PGJDBC = new org.postgresql.Driver();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:postgresql://db.internal/orders                  | jdbc:postgresql://db.internal/orders           | orders",
                "jdbc:postgresql://DB.internal:5432/orders?ssl=true    | jdbc:postgresql://db.internal/orders           | orders",
                "jdbc:postgresql://a:1,b:2,c/orders                    | jdbc:postgresql://a:1,b:2,c/orders             | orders",
                "jdbc:postgresql://[::1]:5433/orders                   | jdbc:postgresql://[::1]:5433/orders            | orders",
                "jdbc:postgresql://db/or%64ers                         | jdbc:postgresql://db/orders                    | orders",
                "jdbc:postgresql:orders                                | jdbc:postgresql://localhost/orders             | orders",
                "jdbc:postgresql://db/                                 | jdbc:postgresql://db/me                        | me",
                "jdbc:postgresql://good/x?PGHOST=evil&PGPORT=5432      | jdbc:postgresql://evil/x                       | x",
                "jdbc:postgresql://good/x?host=evil&port=5432          | jdbc:postgresql://evil/x                       | x",
                "jdbc:h2:mem:test                                      | jdbc:h2:mem:test                               | mem:test",
                "jdbc:h2:mem:test;DB_CLOSE_DELAY=-1                    | jdbc:h2:mem:test                               | mem:test",
                "jdbc:h2:tcp://Db:9092/~/x;IFEXISTS=TRUE               | jdbc:h2:tcp://db/~/x                           | ~/x",
                "jdbc:h2:ssl://db:8085/x                               | jdbc:h2:ssl://db:8085/x                        | x",
                "jdbc:mysql://u:p@db:3306/shop?useSSL=true             | jdbc:mysql://db/shop                           | shop",
                "jdbc:sqlserver://db;databaseName=shop;password=x      | jdbc:sqlserver://db/shop                       | shop",
                "jdbc:oracle:thin:scott/tiger@db:1521:orcl             | jdbc:oracle://db/orcl                          | orcl",
                "jdbc:oracle:thin:@//db/orders.internal                | jdbc:oracle://db/orders.internal               | orders.internal",
                "jdbc:oracle:thin:@tcps://a:2484,b:2485/orders?wallet_location=/w | jdbc:oracle://a:2484,b:2485/orders  | orders",
                "jdbc:oracle:thin:@(DESCRIPTION=(ADDRESS_LIST=(ADDRESS=(PROTOCOL=TCPS)(HOST=A)(PORT=2484))(ADDRESS=(PROTOCOL=TCPS)(PORT=1521)(HOST=b)))(CONNECT_DATA=(SERVICE_NAME=orders))) | jdbc:oracle://a:2484,b/orders | orders",
                "jdbc:oracle:thin:@orders_alias                         | jdbc:oracle:@orders_alias                      | orders_alias",
                "jdbc:sqlserver://Db\\sales;database=shop            | jdbc:sqlserver://db:0/shop                     | shop",
                "jdbc:sqlserver://db:1444;databaseName={sh;op}           | jdbc:sqlserver://db:1444/sh;op                 | sh;op",
                "jdbc:sqlserver://;serverName=db;port=1445               | jdbc:sqlserver://db:1445/                      | ''",
                "jdbc:sqlserver://good;SERVER=evil                       | jdbc:sqlserver://good,evil/                    | ''",
                "jdbc:sqlserver://db;failoverPartner=spare\\x           | jdbc:sqlserver://db,spare:0/                   | ''"
            })
    void aTargetIsTheSameHoweverItsUrlIsWritten(String url, String normalised, String database) {
        ConnectUrl read = read(url, "user", "me");
        assertThat(read.target().url()).isEqualTo(normalised);
        assertThat(read.target().database()).isEqualTo(database);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:oracle:thin:@db:1521:orcl",
                "jdbc:oracle:thin:@alias",
                "jdbc:oracle:thin:@ldap://x/y",
                "jdbc:sqlserver://",
                "jdbc:newdb:whatever",
                "jdbc:newdb:file:/x"
            })
    void whatCannotBeReadIsNeverInProcess(String url) {
        assertThat(read(url).target().inProcess()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:h2:mem:x", "jdbc:h2:~/x", "jdbc:sqlite:x.db"})
    void anInProcessDatabaseHasNoEndpoint(String url) {
        assertThat(read(url).target().inProcess()).isTrue();
    }

    @Test
    void everyHostOfAListIsAnEndpoint() {
        assertThat(read("jdbc:postgresql://a:1,B/x").target().endpoints())
                .containsExactly(new Endpoint("a", 1), new Endpoint("b", 5432));
    }

    @Test
    void noSecretIsASettingOfACommand() {
        ConnectUrl read = read("jdbc:postgresql://db/x?password=s3cret&sslpassword=s3cret", "password", "s3cret");
        assertThat(read.settings().toString()).doesNotContain("s3cret");
        assertThat(read("jdbc:h2:mem:x;PASSWORD=s3cret;CIPHER=AES").settings().toString())
                .doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:mysql://u:s3cret@db/x?password=s3cret",
                "jdbc:mysql://u:s3:cret/s3cret@x@db/x",
                "jdbc:oracle:thin:scott/s3cret@db:1521:orcl",
                "jdbc:oracle:thin:scott/a//s3cret@//db:1521/orcl",
                "jdbc:newdb:scott/s3cret@db"
            })
    void noPasswordInAUrlIsPartOfATarget(String url) {
        assertThat(read(url).toString()).doesNotContain("s3cret");
    }

    @Test
    void theUrlWinsOverPropertiesAsInTheDriver() {
        assertThat(read("jdbc:postgresql://db/x?sslmode=disable", "sslmode", "verify-full")
                        .setting("sslmode"))
                .isEqualTo("disable");
    }

    private static ConnectUrl read(String url, String... properties) {
        Properties info = new Properties();
        for (int i = 0; i < properties.length; i += 2) {
            info.setProperty(properties[i], properties[i + 1]);
        }
        String vendor = Vendor.nameIn(url);
        return Vendor.of(vendor).read(vendor.equals("postgresql") ? PGJDBC : null, url, info);
    }
}
