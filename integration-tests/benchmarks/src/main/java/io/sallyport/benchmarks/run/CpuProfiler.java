package io.sallyport.benchmarks.run;

import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/** CPU nanoseconds per operation, of all threads together and of the callers alone, and the bytes that the callers allocate; on a shared machine far steadier than elapsed time. */
public final class CpuProfiler implements InternalProfiler {

    static final String LABEL = "cpu";

    static final String CALLERS = "callers";

    static final String CALLERS_BYTES = "callersBytes";

    private long before;
    private long callersBefore;
    private long bytesBefore;

    @Override
    public String getDescription() {
        return "CPU time and callers' allocation per operation";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        bytesBefore = CallersHeap.bytes();
        before = ProcessCpu.nanos();
        callersBefore = ProcessCpu.ofCallers();
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        double spent = ProcessCpu.nanos() - before;
        double callers = ProcessCpu.ofCallers() - callersBefore;
        double bytes = CallersHeap.bytes() - bytesBefore;
        double calls = result.getMetadata().getAllOps();
        return List.of(
                new ScalarResult(LABEL, spent / calls, "ns/op", AggregationPolicy.AVG),
                new ScalarResult(CALLERS, callers / calls, "ns/op", AggregationPolicy.AVG),
                new ScalarResult(CALLERS_BYTES, bytes / calls, "B/op", AggregationPolicy.AVG));
    }
}
