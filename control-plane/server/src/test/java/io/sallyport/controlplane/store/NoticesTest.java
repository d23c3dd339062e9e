package io.sallyport.controlplane.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is announced is heard. */
class NoticesTest {

    @Test
    void aListenerThatFailsIsToldAgainAndTheOthersAreNot(@TempDir Path directory) throws Exception {
        BlockingQueue<String> failing = new LinkedBlockingQueue<>();
        BlockingQueue<String> other = new LinkedBlockingQueue<>();
        try (Database database = Database.open(directory, null)) {
            database.notices().listen(notice -> {
                failing.add(notice.subject());
                if (failing.size() == 1) {
                    throw new IllegalStateException("the database is away");
                }
            });
            database.notices().listen(notice -> other.add(notice.subject()));
            database.run(tx -> tx.announce(new Notice(Notice.Kind.APPROVAL, "t-1")));
            assertThat(other.poll(60, TimeUnit.SECONDS)).isEqualTo("t-1");
            while (failing.size() < 2) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            assertThat(failing).containsExactly("t-1", "t-1");
            assertThat(other).isEmpty();
        }
    }
}
