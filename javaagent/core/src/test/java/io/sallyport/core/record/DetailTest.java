package io.sallyport.core.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.testing.Commands;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetailTest {

    @ParameterizedTest
    @CsvSource({
        "a=1,a=?",
        "a=1&b=two,a=?&b=?",
        "a=1;b=2,a=?;b=?",
        "a=b=c,a=?",
        "a=,a=?",
        "token,?",
        "=x,?",
        "&&a=1&,&&a=?&"
    })
    void aQueryKeepsItsNamesAndLosesItsValues(String query, String kept) {
        assertThat(Detail.namesOf(query)).isEqualTo(kept);
    }

    @Test
    void aConnectionIsDescribedByItsUrlWithoutSettings() {
        assertThat(Detail.of(Commands.connect(Commands.ORDERS))).isEqualTo("jdbc:postgresql://db.internal/orders");
    }

    @Test
    void aRequestWithoutQueryIsItsRequestLine() {
        assertThat(Detail.of(Commands.http("GET", "/users", "", Map.of()))).isEqualTo("GET /users");
    }
}
