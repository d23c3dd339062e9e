package io.sallyport.controlplane.people;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.controlplane.Problem;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** Who guesses is slowed down; whose name is guessed is not kept out. */
class PasswordThrottleTest {

    private static final String HOME = "10.0.0.7";
    private static final String STRANGER = "203.0.113.9";

    private final PasswordThrottle throttle =
            new PasswordThrottle(Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC));

    private void fail(String name, String address, int times) {
        for (int i = 0; i < times; i++) {
            throttle.begin(name, address);
        }
    }

    private void isLetTry(String name, String address) {
        assertThatCode(() -> throttle.begin(name, address).withdrawn()).doesNotThrowAnyException();
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
        throttle.begin("admin", HOME).succeeded();
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
        throttle.begin("alice", STRANGER).succeeded();
        for (int name = 0; name < 21; name++) {
            fail("user" + name, STRANGER, 1);
        }
        isPaused("bob", STRANGER);
        isLetTry("alice", STRANGER);
    }

    @Test
    void whoMistypesAndThenSignsInStartsAnew() {
        fail("alice", HOME, 5);
        throttle.begin("alice", HOME).succeeded();
        fail("alice", HOME, 5);
        isLetTry("alice", HOME);
    }

    @Test
    void ofManyAttemptsAtOnceOnlyTheFreeOnesGoAheadBeforeTheFirstHasFailed() {
        PasswordThrottle.Attempt first = throttle.begin("alice", STRANGER);
        fail("alice", STRANGER, 5);
        isPaused("alice", STRANGER);
        first.succeeded();
        isLetTry("alice", STRANGER);
    }

    @Test
    void whatSucceededCountsNeitherForTheAddressNorForTheName() {
        for (int i = 0; i < 100; i++) {
            throttle.begin("user" + i, HOME).succeeded();
            throttle.begin("admin", "203.0.113." + i).succeeded();
        }
        isLetTry("one-more", HOME);
        isLetTry("admin", "198.51.100.1");
    }
}
