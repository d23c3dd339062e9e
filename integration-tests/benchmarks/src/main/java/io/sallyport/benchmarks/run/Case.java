package io.sallyport.benchmarks.run;

/**
 * One program under one setting; what is measured.
 *
 * @param benchmark class and method, {@code JdbcBenchmark.scan}
 * @param where what {@link Forks} needs to know: which database, which server
 */
public record Case(String benchmark, Where where, int threads, Governed governed) {

    /** What the program talks to. */
    public enum Where {
        NOTHING,
        H2,
        POSTGRESQL,
        HTTP,
        /** A server that speaks TLS itself. */
        TLS,
        /** The same server without TLS, behind a relay. */
        RELAY
    }

    /** The same program under another agent setting. */
    public Case under(Governed other) {
        return new Case(benchmark, where, threads, other);
    }
}
