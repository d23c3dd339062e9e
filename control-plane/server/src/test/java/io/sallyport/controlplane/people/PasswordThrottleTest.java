package io.sallyport.controlplane.people;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.controlplane.Problem;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who guesses is slowed down; whose name is guessed is not kept out. */
class PasswordThrottleTest {

    private static final String HOME = "10.0.0.7";
    private static final String STRANGER = "203.0.113.9";

    private final PasswordThrottle throttle =
            new PasswordThrottle(Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC));

    private void fail(String name, String address, int times) {
        for (int i = 0; i < times; i++) {
            throttle.begin(name, address).close();
        }
    }

    private void isLetTry(String name, String address) {
        assertThatCode(() -> let(name, address)).doesNotThrowAnyException();
    }

    private void let(String name, String address) {
        try (PasswordThrottle.Attempt attempt = throttle.begin(name, address)) {
            attempt.withdrawn();
        }
    }

    private void signIn(String name, String address) {
        try (PasswordThrottle.Attempt attempt = throttle.begin(name, address)) {
            attempt.succeeded();
        }
    }

    private void isPaused(String name, String address) {
        assertThatThrownBy(() -> throttle.begin(name, address)).isInstanceOf(Problem.class);
    }

    @Test
    void aStrangerPausesTheNameForThemselvesOnly() {
        fail("admin", STRANGER, 6);
        isPaused("admin", STRANGER);
        isLetTry("admin", HOME);
    }

    @Test
    void manyStrangersPauseTheNameForStrangersAndNotWhereItHasSignedInBeforeNorOnTheMachineItself() {
        signIn("admin", HOME);
        for (int host = 0; host < 51; host++) {
            fail("admin", "203.0.113." + host, 1);
        }
        isPaused("admin", "198.51.100.1");
        isLetTry("admin", HOME);
        isLetTry("admin", "127.0.0.1");
        isLetTry("somebody-else", "198.51.100.1");
    }

    @Test
    void anAddressThatTriesManyNamesIsPausedAsAWhole() {
        for (int name = 0; name < 21; name++) {
            fail("user" + name, STRANGER, 1);
        }
        isPaused("one-more", STRANGER);
    }

    @Test
    void anAddressThatHidesManyPeopleDoesNotKeepOutThoseWhoHaveSignedInThere() {
        signIn("alice", STRANGER);
        for (int name = 0; name < 21; name++) {
            fail("user" + name, STRANGER, 1);
        }
        isPaused("bob", STRANGER);
        isLetTry("alice", STRANGER);
    }

    @Test
    void whoMistypesAndThenSignsInStartsAnew() {
        fail("alice", HOME, 5);
        signIn("alice", HOME);
        fail("alice", HOME, 5);
        isLetTry("alice", HOME);
    }

    @Test
    void ofManyAttemptsAtOnceOnlyTheFreeOnesGoAheadBeforeTheFirstHasFailed() {
        try (PasswordThrottle.Attempt first = throttle.begin("alice", STRANGER)) {
            fail("alice", STRANGER, 5);
            isPaused("alice", STRANGER);
            first.succeeded();
        }
        isLetTry("alice", STRANGER);
    }

    @Test
    void whatSucceededCountsNeitherForTheAddressNorForTheName() {
        for (int i = 0; i < 100; i++) {
            signIn("user" + i, HOME);
            signIn("admin", "203.0.113." + i);
        }
        isLetTry("one-more", HOME);
        isLetTry("admin", "198.51.100.1");
    }

    @Test
    void oneAddressHasSomePlacesAmongThoseThatWait() {
        List<PasswordThrottle.Attempt> waiting = waiting(STRANGER, 4);
        isPaused("one-more", STRANGER);
        isLetTry("one-more", HOME);
        waiting.get(0).close();
        isLetTry("one-more", STRANGER);
    }

    @Test
    void strangersThatWaitKeepOutNobodyWhoHasSignedInBefore() {
        signIn("alice", HOME);
        for (int host = 0; host < 4; host++) {
            waiting("203.0.113." + host, 4);
        }
        isPaused("bob", HOME);
        isLetTry("alice", HOME);
    }

    private List<PasswordThrottle.Attempt> waiting(String address, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> throttle.begin("waits-" + i, address))
                .toList();
    }
}
