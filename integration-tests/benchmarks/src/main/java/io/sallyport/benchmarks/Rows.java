package io.sallyport.benchmarks;

import io.sallyport.benchmarks.core.DetectorBenchmark;
import io.sallyport.benchmarks.core.JsonMaskBenchmark;
import io.sallyport.benchmarks.jdbc.Schema;
import io.sallyport.benchmarks.run.Case;
import io.sallyport.benchmarks.run.Case.Where;
import io.sallyport.benchmarks.run.Governed;
import io.sallyport.benchmarks.run.Row;
import java.util.List;

/** What is measured, and how fast it shall be. */
final class Rows {

    private static final int CELLS = Schema.ROWS * 6;

    private Rows() {}

    static List<Row> all() {
        Case h2Point = plain("JdbcBenchmark.pointSelect", Where.H2, 1);
        Case h2Scan = plain("JdbcBenchmark.scan", Where.H2, 1);
        Case pgPoint = plain("JdbcBenchmark.pointSelect", Where.POSTGRESQL, 1);
        Case pgScan = plain("JdbcBenchmark.scan", Where.POSTGRESQL, 1);
        Case get2k = http("JdkClientBenchmark.get2k");
        Case get1m = http("JdkClientBenchmark.get1m");
        return List.of(
                Row.ratio("H2 point select, 6 columns", "≤ 1.25", h2Point, Governed.DECISIONS),
                Row.ratio("H2 point select, recorded", "≤ 1.5", h2Point, Governed.STATEMENTS),
                Row.added(
                        "Both records of a statement, calling thread",
                        "≤ +400 ns",
                        h2Point.under(Governed.DECISIONS),
                        h2Point.under(Governed.STATEMENTS)),
                Row.ratio(
                        "H2 point select, 16 threads",
                        "≤ 1.25",
                        plain("JdbcBenchmark.pointSelect", Where.H2, 16),
                        Governed.DECISIONS),
                Row.perCell("H2 scan, nothing masked", "≤ 1.10, ≤ +0.6 ns", h2Scan, Governed.DECISIONS, CELLS),
                Row.perCell("H2 scan, one of six masked", "≤ 1.6", h2Scan, Governed.MASKED, CELLS),
                Row.perCell("H2 scan, a detector over all columns", "≤ 3", h2Scan, Governed.ONE_DETECTOR, CELLS),
                Row.perCell("H2 scan, six detectors over all columns", "≤ 3", h2Scan, Governed.SIX_DETECTORS, CELLS),
                Row.ratio("H2 batch of 1,000", "≤ 1.05", plain("JdbcBenchmark.batch", Where.H2, 1), Governed.DECISIONS),
                Row.ratio("PostgreSQL point select", "≤ 1.05, ≤ +1.5 µs", pgPoint, Governed.DECISIONS),
                Row.ratio("PostgreSQL point select, recorded", "–", pgPoint, Governed.STATEMENTS),
                Row.perCell("PostgreSQL scan, nothing masked", "≤ 1.03", pgScan, Governed.DECISIONS, CELLS),
                Row.perCell("PostgreSQL scan, one of six masked", "≤ 1.10", pgScan, Governed.MASKED, CELLS),
                Row.ratio(
                        "PostgreSQL batch of 1,000",
                        "≤ 1.05",
                        plain("JdbcBenchmark.batch", Where.POSTGRESQL, 1),
                        Governed.DECISIONS),
                Row.ratio("JDK HttpClient GET 2 KB", "≤ 1.07, ≤ +5 µs", get2k, Governed.DECISIONS),
                Row.ratio("JDK HttpClient GET 1 MB", "≤ 1.02", get1m, Governed.DECISIONS),
                Row.ratio("JDK HttpClient GET 1 MB, one field masked", "≥ 400 MB/s added", get1m, Governed.MASKED),
                Row.ratio("OkHttp 5 GET 2 KB", "≤ 1.07, ≤ +5 µs", http("OkHttpBenchmark.get2k"), Governed.DECISIONS),
                Row.ratio("OkHttp 5 GET 1 MB", "≤ 1.02", http("OkHttpBenchmark.get1m"), Governed.DECISIONS),
                Row.ratio("Apache 5 GET 2 KB", "≤ 1.07, ≤ +5 µs", http("Apache5Benchmark.get2k"), Governed.DECISIONS),
                Row.ratio("Apache 5 GET 1 MB", "≤ 1.02", http("Apache5Benchmark.get1m"), Governed.DECISIONS),
                Row.elapsed(
                        "Relay: round trip of 200 B (TLS / by relay)",
                        "≤ +60 µs",
                        plain("RelayBenchmark.roundTrip", Where.TLS, 1),
                        plain("RelayBenchmark.roundTrip", Where.RELAY, 1)),
                Row.elapsed(
                        "Relay: 4 MB (TLS / by relay)",
                        "≤ 1.43 (0.7 of the throughput)",
                        plain("RelayBenchmark.bulk", Where.TLS, 1),
                        plain("RelayBenchmark.bulk", Where.RELAY, 1)),
                Row.alone("core: facts of a cached statement", "< 50 ns", core("SqlFactsBenchmark.cached")),
                Row.alone("core: facts of an uncached statement", "< 100 µs", core("SqlFactsBenchmark.uncached")),
                Row.alone("core: worst statement of 64 KB", "< 50 ms", core("SqlFactsBenchmark.worst")),
                Row.alone("core: column mask, unkeyed", "< 40 ns", core("ColumnMaskBenchmark.unkeyed")),
                Row.alone("core: column mask, HMAC", "< 400 ns", core("ColumnMaskBenchmark.hmac")),
                Row.alone("core: column mask, FF1", "< 5 µs", core("ColumnMaskBenchmark.ff1")),
                Row.rate(
                        "core: detectors over free text",
                        "≥ 200 MB/s",
                        core("DetectorBenchmark.prose"),
                        DetectorBenchmark.BYTES),
                Row.rate(
                        "core: JSON, one field in 1 MB",
                        "≥ 400 MB/s",
                        core("JsonMaskBenchmark.oneField"),
                        JsonMaskBenchmark.bytes()));
    }

    private static Case plain(String benchmark, Where where, int threads) {
        return new Case(benchmark, where, threads, Governed.NOT);
    }

    private static Case http(String benchmark) {
        return plain(benchmark, Where.HTTP, 1);
    }

    private static Case core(String benchmark) {
        return plain(benchmark, Where.NOTHING, 1);
    }
}
