package io.sallyport.benchmarks.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Samples of one case; one per iteration. */
public final class Measured {

    private final List<Double> cpu = new ArrayList<>();
    private final List<Double> callers = new ArrayList<>();
    private final List<Double> wall = new ArrayList<>();
    private final List<Double> allocated = new ArrayList<>();
    private final List<Double> callersAllocated = new ArrayList<>();

    void add(double cpuNanos, double callersNanos, double wallNanos, double bytes, double callersBytes) {
        cpu.add(cpuNanos);
        callers.add(callersNanos);
        wall.add(wallNanos);
        allocated.add(bytes);
        callersAllocated.add(callersBytes);
    }

    /** Whether no fork came to an end. */
    public boolean isEmpty() {
        return cpu.isEmpty();
    }

    /** CPU nanoseconds of an operation where nothing disturbed it: the least. */
    public double cpu() {
        return Collections.min(cpu);
    }

    /** The same of the calling threads alone; 0 where that cannot be told. */
    public double callers() {
        return Collections.min(callers);
    }

    /** Elapsed nanoseconds of an operation, the least. */
    public double wall() {
        return Collections.min(wall);
    }

    /** Bytes that an operation allocates in all threads, the median. */
    public double allocated() {
        return median(allocated);
    }

    /** The same of the calling threads alone. */
    public double callersAllocated() {
        return median(callersAllocated);
    }

    private static double median(List<Double> samples) {
        List<Double> sorted = samples.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    /** How far the samples lie apart: median above the least, in parts of one. */
    public double noise() {
        List<Double> sorted = cpu.stream().sorted().toList();
        return sorted.get(sorted.size() / 2) / sorted.get(0) - 1;
    }
}
