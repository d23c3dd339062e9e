package io.sallyport.benchmarks.core;

import io.sallyport.core.mask.ColumnMask;
import io.sallyport.core.mask.ColumnMasks;
import io.sallyport.core.mask.function.MaskSpec;
import io.sallyport.core.mask.function.MaskingFunctions;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One short value of a masked column. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ColumnMaskBenchmark {

    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);

    private final ColumnMask keepLast = mask(new MaskSpec.KeepLast(4));
    private final ColumnMask hash = mask(new MaskSpec.Hash(KEY));
    private final ColumnMask fpe = mask(new MaskSpec.Fpe(KEY));
    private final String[] values = new String[256];
    private int next;

    public ColumnMaskBenchmark() {
        for (int i = 0; i < values.length; i++) {
            values[i] = "4929" + (100_000_000_000L + i * 7_919L);
        }
    }

    private static ColumnMask mask(MaskSpec spec) {
        return ColumnMasks.of("benchmark", MaskingFunctions.of(spec));
    }

    private String value() {
        return values[next++ & 255];
    }

    @Benchmark
    public Object unkeyed() {
        return keepLast.apply(value(), String.class);
    }

    @Benchmark
    public Object hmac() {
        return hash.apply(value(), String.class);
    }

    @Benchmark
    public Object ff1() {
        return fpe.apply(value(), String.class);
    }
}
