package io.sallyport.link.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sallyport.link.testing.Samples;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What both records of a statement cost the thread that makes the call, in bytes: they are exact where times are not. */
class AppendCostTest {

    private static final int STATEMENTS = 50_000;

    @TempDir
    private Path directory;

    @Test
    void bothRecordsOfAStatementAllocateNothing() throws Exception {
        var bean = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        assumeTrue(bean.isThreadAllocatedMemorySupported() && bean.isThreadAllocatedMemoryEnabled());
        RecordingKey key = RecordingKey.at(directory.resolve("recording.key"));
        try (Spool spool = Spool.create(directory, new SpoolBudget(1L << 30), key)) {
            run(spool);
            long thread = Thread.currentThread().getId();
            long before = bean.getThreadAllocatedBytes(thread);
            run(spool);
            // What a chunk's beginning allocates, spread over the thousands of statements in it.
            assertThat((bean.getThreadAllocatedBytes(thread) - before) / STATEMENTS)
                    .isZero();
        }
    }

    private static void run(Spool spool) {
        Samples.Call call = new Samples.Call("8k3f9x2m7q-1f", "com.example.Orders.find:12");
        for (int i = 0; i < STATEMENTS; i++) {
            long at = 1_764_360_000_123_456L + i;
            if (!spool.admitted(call, at, "allow", List.of(), List.of())
                    || !spool.completed(call, at + 17, 1, List.of(), 17)) {
                throw new AssertionError(spool.trouble());
            }
        }
    }
}
