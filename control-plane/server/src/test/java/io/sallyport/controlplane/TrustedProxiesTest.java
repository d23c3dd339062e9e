package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.controlplane.configuration.AddressRanges;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose request it is where a balancer stands in front. This test is the balancer. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrustedProxiesTest {

    private final StandingClock clock = new StandingClock();
    private Running server;

    @BeforeAll
    void start() throws Exception {
        server = Running.behind(AddressRanges.of(List.of("127.0.0.1", "10.0.0.0/8", "2001:db8:1::/48")), clock);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static Api.Answer beginLogin(Running at, String... forwardedFor) {
        Api caller = at.anyone();
        for (String line : forwardedFor) {
            caller.with("X-Forwarded-For", line);
        }
        return caller.post("/api/v1/device-logins", Map.of());
    }

    private static String seenAs(Running at, String... forwardedFor) {
        JsonNode login = beginLogin(at, forwardedFor).expect(201);
        return at.admin()
                .get("/api/v1/device-logins/" + login.path("code").asText())
                .expect(200)
                .path("askedFrom")
                .asText();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "203.0.113.1                         | 203.0.113.1",
                // What stands left of it was sent by the caller.
                "127.0.0.1, 10.0.0.1, 203.0.113.1     | 203.0.113.1",
                "198.51.100.7, 203.0.113.1           | 203.0.113.1",
                // Inner proxies.
                "203.0.113.1, 10.1.2.3               | 203.0.113.1",
                "203.0.113.1, 2001:db8:1::5, 10.1.2.3 | 203.0.113.1",
                "203.0.113.1:49152                   | 203.0.113.1",
                "2001:db8:2::7                       | 2001:db8:2:0:0:0:0:7",
                "[2001:db8:2::7]:49152               | 2001:db8:2:0:0:0:0:7",
                // No address: the last that is known is the proxy itself.
                "203.0.113.1, unknown                | 127.0.0.1",
                "203.0.113.1, localhost, 10.1.2.3    | 10.1.2.3",
                "203.0.113.999                       | 127.0.0.1",
                "203.0.113.1, ,                      | 203.0.113.1",
                // Quotes that the caller left open hide nothing of what proxies wrote behind them.
                "\"198.51.100.7, 203.0.113.1          | 203.0.113.1",
                "203.0.113.1, \"                      | 127.0.0.1",
                "10.1.2.3                            | 10.1.2.3",
            })
    void theRightmostAddressThatIsNoTrustedProxysIsTheCallers(String header, String seen) {
        assertThat(seenAs(server, header)).isIn(seen, "[" + seen + "]");
    }

    @Test
    void severalLinesAreOneList() {
        assertThat(seenAs(server, "198.51.100.7", "203.0.113.2")).isEqualTo("203.0.113.2");
    }

    @Test
    void withoutTheSettingNobodyIsBelieved() throws Exception {
        try (Running open = Running.on(Store.EMBEDDED, clock)) {
            assertThat(seenAs(open, "203.0.113.1")).isEqualTo("127.0.0.1");
        }
    }

    private int login(String from, String user, String password) {
        return server.anyone()
                .with("X-Forwarded-For", from)
                .post("/api/v1/login", Map.of("user", user, "password", password))
                .status();
    }

    @Test
    void whoGuessesIsSlowedDownAndOthersBehindTheSameBalancerAreNotAndTheAuditSaysFromWhere() {
        for (int i = 0; i < 20; i++) {
            assertThat(login("203.0.113.9", "guess" + i, "wrong")).isEqualTo(401);
        }
        assertThat(login("203.0.113.9", "guess20", "wrong")).isEqualTo(401);
        assertThat(login("203.0.113.9", "admin", server.secret("admin-password")))
                .isEqualTo(429);
        assertThat(login("203.0.113.10", "admin", server.secret("admin-password")))
                .isEqualTo(200);
        String audit = server.admin().get("/api/v1/audit?limit=50").text();
        assertThat(audit).contains("from 203.0.113.9", "from 203.0.113.10");
    }

    @Test
    void loginsOfToolsThatNobodyConfirmsShutTheirOwnAddressOutOnly() {
        for (int i = 0; i < 20; i++) {
            beginLogin(server, "203.0.113.20").expect(201);
            beginLogin(server, "2001:db8:9:9::" + i).expect(201);
        }
        beginLogin(server, "203.0.113.20").expect(429);
        beginLogin(server, "203.0.113.21").expect(201);
        beginLogin(server, "2001:db8:9:9:8::1").expect(429);
        beginLogin(server, "2001:db8:9:a::1").expect(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "balancer.internal", "10.0.0/8", "10.0.0.0/x", "", "2001:db8::/129"})
    void whatIsNoRangeOfAddressesKeepsItFromStarting(String text) {
        assertThatThrownBy(() -> AddressRanges.of(List.of(text)))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("no range of addresses");
    }
}
