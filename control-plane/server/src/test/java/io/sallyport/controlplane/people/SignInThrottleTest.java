package io.sallyport.controlplane.people;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.controlplane.Problem;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SignInThrottleTest {

    private static final String HOME = "192.0.2.1";
    private static final String STRANGER = "203.0.113.1";

    private final SignInThrottle throttle =
            new SignInThrottle(Clock.fixed(Instant.parse("2026-11-30T00:00:00Z"), ZoneOffset.UTC));

    private List<SignInThrottle.Attempt> underWay(String address, int count) {
        return IntStream.range(0, count).mapToObj(i -> throttle.begin(address)).toList();
    }

    private void isLetTry(String address) {
        throttle.begin(address).close();
    }

    private void isRefused(String address) {
        assertThatThrownBy(() -> throttle.begin(address))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> org.assertj.core.api.Assertions.assertThat(problem.kind())
                                .isEqualTo(Problem.Kind.TOO_MANY));
    }

    @Test
    void anAttemptThatEndsWithoutAWordIsAFailure() {
        for (int i = 0; i < 6; i++) {
            isLetTry(STRANGER);
        }
        isRefused(STRANGER);
        isLetTry(HOME);
    }

    @Test
    void waysToTheProviderCountForNothing() {
        for (int i = 0; i < 20; i++) {
            try (SignInThrottle.Attempt attempt = throttle.begin(HOME)) {
                attempt.withdrawn();
            }
        }
        isLetTry(HOME);
    }

    @Test
    void fewOfOneAddressAreUnderWayAtOnce() {
        List<SignInThrottle.Attempt> four = underWay(STRANGER, 4);
        isRefused(STRANGER);
        four.get(0).close();
        isLetTry(STRANGER);
    }

    @Test
    void strangersUnderWayKeepOutNobodyWhereSomebodyHasSignedIn() {
        try (SignInThrottle.Attempt attempt = throttle.begin(HOME)) {
            attempt.succeeded();
        }
        underWay("203.0.113.2", 4);
        underWay("203.0.113.3", 4);
        isRefused(STRANGER);
        isLetTry(HOME);
    }
}
