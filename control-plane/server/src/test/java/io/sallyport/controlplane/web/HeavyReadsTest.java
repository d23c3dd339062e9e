package io.sallyport.controlplane.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.controlplane.Problem;
import io.sallyport.controlplane.people.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who searches much keeps neither the fleet nor other people from the store. */
class HeavyReadsTest {

    private final HeavyReads heavy = new HeavyReads();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch end = new CountDownLatch(1);
    private final Semaphore begun = new Semaphore(0);
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    @AfterEach
    void stop() {
        end.countDown();
        threads.shutdownNow();
    }

    private static Person person(String name) {
        return new Person(name, Set.of(), List.of(), "session");
    }

    private Future<String> read(String name) {
        return threads.submit(() -> heavy.run(person(name), () -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            begun.release();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            running.decrementAndGet();
            return name;
        }));
    }

    @Test
    void threeRunAtOnceAndTheOthersAfterThem() throws Exception {
        List<Future<String>> all = new ArrayList<>();
        for (String name : List.of("a", "b", "c", "d", "e", "f")) {
            all.add(read(name));
        }
        begun.acquire(3);
        end.countDown();
        for (Future<String> one : all) {
            one.get(60, TimeUnit.SECONDS);
        }
        assertThat(most).hasValue(3);
    }

    @Test
    void ofOnePersonFourAreUnderWayAndTheFifthIsRefusedUntilOneHasEnded() throws Exception {
        List<Future<String>> four = List.of(read("busy"), read("busy"), read("busy"), read("busy"));
        begun.acquire(2);
        // The others wait; they count as soon as they have come in.
        Problem refused = null;
        while (refused == null) {
            Future<String> fifth = read("busy");
            try {
                fifth.get(100, TimeUnit.MILLISECONDS);
            } catch (java.util.concurrent.ExecutionException e) {
                refused = (Problem) e.getCause();
            } catch (java.util.concurrent.TimeoutException e) {
                // It took the place of one of the four.
                continue;
            }
        }
        assertThat(refused.kind()).isEqualTo(Problem.Kind.TOO_MANY);
        Future<String> calm = read("calm");
        end.countDown();
        assertThat(calm.get(60, TimeUnit.SECONDS)).isEqualTo("calm");
        for (Future<String> one : four) {
            try {
                one.get(60, TimeUnit.SECONDS);
            } catch (java.util.concurrent.ExecutionException lostItsPlace) {
                assertThat(lostItsPlace).hasCauseInstanceOf(Problem.class);
            }
        }
        assertThat(heavy.run(person("busy"), () -> "again")).isEqualTo("again");
    }

    @Test
    void whoeverTakesAllThatOnePersonGetsLeavesAPlaceForSomebodyElse() throws Exception {
        List<Future<String>> hoarded = List.of(read("busy"), read("busy"), read("busy"));
        begun.acquire(2);
        // Nothing of the busy one has ended, nor will before this has.
        assertThat(threads.submit(() -> heavy.run(person("calm"), () -> "calm")).get(10, TimeUnit.SECONDS))
                .isEqualTo("calm");
        assertThat(running).hasValue(2);
        end.countDown();
        for (Future<String> one : hoarded) {
            one.get(60, TimeUnit.SECONDS);
        }
        assertThat(most).hasValue(2);
    }

    @Test
    void whatFailsGivesItsPlaceBack() {
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> heavy.run(person("a"), () -> {
                        throw new IllegalStateException();
                    }))
                    .isInstanceOf(IllegalStateException.class);
        }
        assertThat(heavy.run(person("a"), () -> "still")).isEqualTo("still");
    }
}
