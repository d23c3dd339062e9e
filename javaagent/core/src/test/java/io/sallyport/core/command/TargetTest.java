package io.sallyport.core.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "jdbc:postgresql://localhost:1/db jdbc:postgresql://localhost:1/db",
                "jdbc:postgresql://[::1]:1,[fe80::1%eth0]/db jdbc:postgresql://[::1]:1,[fe80::1%eth0]/db",
                "jdbc:postgresql://[app:s3cretpw@localhost]:1/db jdbc:postgresql://…@localhost:1/db",
                "jdbc:postgresql://s3cretpw@localhost/db jdbc:postgresql://…@localhost/db",
                "jdbc:postgresql://[app:s3cretpw@::1]:1/db jdbc:postgresql://…@…/db",
                "jdbc:postgresql://[app:s3cretpw%40localhost]:1/db jdbc:postgresql://…/db",
                "jdbc:postgresql://app/s3cretpw@localhost:1/db jdbc:postgresql://…@localhost:1/db",
                "jdbc:postgresql://localhost/db#s3cretpw jdbc:postgresql://localhost/db#…",
                "jdbc:h2:tcp://[u:s3cretpw@localhost]:1/x jdbc:h2:tcp://…@localhost:1/x",
                "jdbc:mysql://[u:s3cretpw]/ jdbc:mysql://…/",
                "jdbc:mysql://one,[u:s3cretpw],two:1/ jdbc:mysql://one,…,two:1/"
            })
    void noUserInformationIsShown(String url, String shown) {
        assertThat(at(url, List.of(new Endpoint("h", 1))).shown()).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "jdbc:h2:/home/me@work/a#b jdbc:h2:/home/me@work/a#b",
                "jdbc:sqlite:file:///home/me@work/x.db jdbc:sqlite:file:///home/me@work/x.db",
                "jdbc:sqlite::resource:http://localhost:1/x.db jdbc:sqlite::resource:http://localhost:1/x.db",
                "jdbc:sqlite::resource:http://u:s3cretpw@localhost:1/x.db jdbc:sqlite::resource:http://…@localhost:1/x.db",
                "jdbc:sqlite::resource:http://u:s3cretpw jdbc:sqlite::resource:http://…",
                "jdbc:sqlite:/tmp/:resource:http://u:s3@cret@h/x.db jdbc:sqlite:/tmp/:resource:http://…@h/x.db"
            })
    void noUserInformationInTheNameOfAFileIsShown(String url, String shown) {
        assertThat(at(url, List.of()).shown()).isEqualTo(shown);
    }

    private static Target at(String url, List<Endpoint> endpoints) {
        return new Target(Target.Protocol.JDBC, "any", endpoints, "", url);
    }
}
