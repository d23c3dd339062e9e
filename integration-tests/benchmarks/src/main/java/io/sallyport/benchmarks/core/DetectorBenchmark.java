package io.sallyport.benchmarks.core;

import io.sallyport.core.mask.detect.Detectors;
import io.sallyport.core.mask.detect.Finding;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** All built-in detectors over 64 KiB of prose with some numbers, and one finding in about 4 KiB. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DetectorBenchmark {

    public static final int BYTES = 64 << 10;

    private static final String PROSE = "The shipment of 12 March left the warehouse at 14:30, two hours late; the"
            + " driver asked for a new slot and was told that gate 7 is closed until further notice. Please note"
            + " that order 20931 contains fragile goods, so nobody should stack more than three boxes. ";

    private final String text = text();

    private static String text() {
        StringBuilder text = new StringBuilder(BYTES + 512);
        while (text.length() < BYTES) {
            for (int i = 0; i < 15; i++) {
                text.append(PROSE);
            }
            text.append("Write to ann.baker@example.com if anything is wrong. ");
        }
        return text.substring(0, BYTES);
    }

    @Benchmark
    public List<Finding> prose() {
        return Detectors.standard().find(text, null);
    }
}
