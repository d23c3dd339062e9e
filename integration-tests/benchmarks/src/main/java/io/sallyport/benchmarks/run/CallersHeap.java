package io.sallyport.benchmarks.run;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;

/** What the threads that call what is measured have allocated, as the JVM counts it for each thread; other threads' share is left out. */
final class CallersHeap {

    private CallersHeap() {}

    /** Bytes since those threads began; they are known by the name that JMH gives them. */
    static long bytes() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long sum = 0;
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().startsWith("io.sallyport.benchmarks.")) {
                sum += threads.getThreadAllocatedBytes(thread.getThreadId());
            }
        }
        return sum;
    }
}
