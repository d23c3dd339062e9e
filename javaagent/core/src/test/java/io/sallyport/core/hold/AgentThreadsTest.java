package io.sallyport.core.hold;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class AgentThreadsTest {

    /** What follows a release is the application's code. */
    @Test
    void releasesGoOnWhileWhatFollowsOthersWaitsForThem() throws Exception {
        CountDownLatch last = new CountDownLatch(1);
        try (AgentThreads threads = new AgentThreads()) {
            for (int i = 0; i < 12; i++) {
                threads.execute(() -> await(last));
            }
            threads.execute(last::countDown);

            assertThat(last.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
