package io.sallyport.core.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.command.Endpoint;
import io.sallyport.core.command.Target;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ServiceSessionsTest {

    private final List<String> closed = new ArrayList<>();
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger ids = new AtomicInteger();

    private final ServiceSessions sessions =
            new ServiceSessions(() -> "id-" + ids.incrementAndGet(), new ServiceSessions.Listener() {
                @Override
                public void begun() {
                    begun.incrementAndGet();
                }

                @Override
                public void closed(String service, String session) {
                    closed.add(service + " " + session);
                }
            });

    private static Target service(String host, String path) {
        return new Target(
                Target.Protocol.HTTP, "https", List.of(new Endpoint(host, 443)), "", "https://" + host + path);
    }

    private void passes(int n) {
        for (int i = 0; i < n; i++) {
            sessions.pass();
        }
    }

    @Test
    void requestsToOneServiceAreOneSession() {
        String first = sessions.of(service("a.test", "/one"));

        assertThat(sessions.of(service("a.test", "/two"))).isEqualTo(first);
        assertThat(sessions.of(service("b.test", "/one"))).isNotEqualTo(first);
        assertThat(begun).hasValue(1);
    }

    @Test
    void aSessionWithoutARequestForTheLimitIsClosedAndTheNextRequestOpensAnother() {
        String first = sessions.of(service("a.test", "/one"));

        passes(ServiceSessions.PASSES);
        assertThat(closed)
                .as("the first pass may have come right after the request")
                .isEmpty();
        passes(1);

        assertThat(closed).containsExactly("https://a.test " + first);
        assertThat(sessions.of(service("a.test", "/one"))).isNotEqualTo(first);
        passes(1);
        assertThat(closed).hasSize(1);
    }

    @Test
    void eachRequestKeepsItsSessionOpen() {
        String first = sessions.of(service("a.test", "/one"));
        for (int i = 0; i < 5; i++) {
            passes(ServiceSessions.PASSES);
            assertThat(sessions.of(service("a.test", "/one"))).isEqualTo(first);
        }

        assertThat(closed).isEmpty();
    }

    @Test
    void aSessionWithACallUnderWayIsNotIdleUntilTheLimitHasPassedBehindIt() {
        String first = sessions.of(service("a.test", "/slow"));
        Object call = new Object();
        sessions.begins(first, call);

        passes(3 * ServiceSessions.PASSES);
        assertThat(closed).isEmpty();
        assertThat(sessions.of(service("a.test", "/"))).isEqualTo(first);

        sessions.ends(first, call);
        passes(ServiceSessions.PASSES);
        assertThat(closed).isEmpty();
        passes(1);
        assertThat(closed).containsExactly("https://a.test " + first);
    }

    @Test
    @Timeout(60)
    void aCallThatNobodyKnowsAnyMoreDoesNotKeepItsSession() {
        String first = sessions.of(service("a.test", "/given-up"));
        sessions.begins(first, new Object());

        while (closed.isEmpty()) {
            System.gc();
            passes(1);
        }
        assertThat(closed).containsExactly("https://a.test " + first);
    }

    @Test
    void servicesWithoutEndDoNotFillTheHeapAndAreRecordedAllTheSame() {
        for (int i = 0; i < ServiceSessions.MOST; i++) {
            sessions.of(service("h" + i + ".test", "/"));
        }

        String more = sessions.of(service("more.test", "/"));
        assertThat(more).isNotEmpty().isNotEqualTo(sessions.of(service("more.test", "/")));

        passes(ServiceSessions.PASSES + 1);
        assertThat(closed).hasSize(ServiceSessions.MOST);
        assertThat(sessions.of(service("more.test", "/"))).isEqualTo(sessions.of(service("more.test", "/")));
    }

    @Test
    @Timeout(60)
    void aSessionThatIsClosedWhileItIsAskedForIsNotHandedOutAfterIt() throws Exception {
        Target service = service("a.test", "/");
        for (int round = 0; round < 500; round++) {
            String before = sessions.of(service);
            passes(ServiceSessions.PASSES);
            CountDownLatch go = new CountDownLatch(1);
            Set<String> handedOut = new HashSet<>();
            Thread caller = new Thread(() -> {
                go.countDown();
                handedOut.add(sessions.of(service));
            });
            caller.start();
            go.await();
            sessions.pass();
            caller.join();
            assertThat(closed.contains("https://a.test " + before)).isEqualTo(!handedOut.contains(before));
            closed.clear();
        }
    }
}
