package io.sallyport.benchmarks.core;

import io.sallyport.core.mask.BodyMaskPlan;
import io.sallyport.core.mask.BodyMasker;
import io.sallyport.core.mask.body.BodyMaskers;
import io.sallyport.core.mask.body.BodyRule;
import io.sallyport.core.mask.function.MaskingFunctions;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One masked field per element of a 1 MB JSON list. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class JsonMaskBenchmark {

    private static final int CHUNK = 16 << 10;

    private final byte[] body = JsonBody.ofAbout(1_000_000);
    private final BodyMaskPlan plan =
            BodyMaskers.plan(List.of(new BodyRule.Key("benchmark", "email", MaskingFunctions.redact())));

    /** Bytes of the body. */
    public static int bytes() {
        return JsonBody.ofAbout(1_000_000).length;
    }

    @Benchmark
    public int oneField() throws IOException {
        BodyMasker masker = Objects.requireNonNull(plan.masker("application/json"));
        OutputStream out = OutputStream.nullOutputStream();
        for (int at = 0; at < body.length; at += CHUNK) {
            masker.update(body, at, Math.min(CHUNK, body.length - at), out);
        }
        masker.finish(out);
        return masker.masked();
    }
}
