package io.sallyport.benchmarks.run;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * CPU time of this process without its JIT compilers: work that a program does as long as it runs. On Linux from the scheduler's own
 * accounts, to the nanosecond; elsewhere from the JVM, compilers included.
 */
final class ProcessCpu {

    private static final Path TASKS = Path.of("/proc/self/task");

    private ProcessCpu() {}

    /** Nanoseconds since the start. */
    static long nanos() {
        try {
            return Files.isReadable(TASKS.resolveSibling("schedstat")) ? ofTasks() : ofProcess();
        } catch (IOException e) {
            return ofProcess();
        }
    }

    /** Of the threads that call what is measured alone, by the name that JMH gives them; 0 where the scheduler's accounts cannot be read. */
    static long ofCallers() {
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
            long sum = 0;
            for (Path task : tasks) {
                sum += name(task).startsWith("io.sallyport.be") ? ofTask(task) : 0;
            }
            return sum;
        } catch (IOException e) {
            return 0;
        }
    }

    private static String name(Path task) {
        try {
            return Files.readString(task.resolve("comm"));
        } catch (IOException gone) {
            return "";
        }
    }

    /** How many times longer work takes than its CPU time, because others use the machine; 1 on a quiet one, at most 6. */
    static double crowding() {
        long began = System.nanoTime();
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        long spent = 0;
        while (spent < 100_000_000) {
            spent = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
        }
        return Math.min(6, Math.max(1, (System.nanoTime() - began) / (double) spent));
    }

    private static long ofTasks() throws IOException {
        long sum = 0;
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
            for (Path task : tasks) {
                sum += ofTask(task);
            }
        }
        return sum;
    }

    private static long ofTask(Path task) {
        try {
            if (Files.readString(task.resolve("comm")).matches("(?s)C[12] Comp.*")) {
                return 0;
            }
            String stat = Files.readString(task.resolve("schedstat"));
            return Long.parseLong(stat.substring(0, stat.indexOf(' ')));
        } catch (IOException gone) {
            return 0;
        }
    }

    private static long ofProcess() {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getProcessCpuTime();
    }
}
