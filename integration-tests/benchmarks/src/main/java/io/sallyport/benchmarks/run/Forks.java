package io.sallyport.benchmarks.run;

import io.sallyport.benchmarks.http.LocalServer;
import io.sallyport.benchmarks.jdbc.Schema;
import io.sallyport.benchmarks.relay.RelayedServer;
import io.sallyport.testing.Jars;
import io.sallyport.testing.TlsPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs cases, each in a fresh JVM. Servers run here, outside what is measured, and start when the first case needs them. */
public final class Forks implements AutoCloseable {

    private final Path directory;
    private final Effort effort;
    private @Nullable TlsPostgres postgres;
    private @Nullable LocalServer server;
    private @Nullable RelayedServer relayed;

    /** @param directory for policies, spools and certificates */
    public Forks(Path directory, Effort effort) {
        this.directory = directory;
        this.effort = effort;
    }

    /** One fork; adds its samples. */
    public void run(Case c, Measured into) throws IOException, SQLException {
        Path spool = directory.resolve("spool");
        Effort effort = this.effort == Effort.SMOKE ? this.effort : this.effort.stretched(ProcessCpu.crowding());
        OptionsBuilder options = new OptionsBuilder();
        options.include(".*\\." + c.benchmark().replace(".", "\\.") + "$")
                .forks(1)
                .threads(c.threads())
                .warmupIterations(effort.warmups())
                .warmupTime(TimeValue.milliseconds(effort.warmup().toMillis()))
                .measurementIterations(effort.iterations())
                .measurementTime(TimeValue.milliseconds(effort.iteration().toMillis()))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .addProfiler(CpuProfiler.class)
                .addProfiler(GCProfiler.class)
                .jvmArgs(jvm(c, spool).toArray(String[]::new));
        try {
            for (RunResult result : new Runner(options.build()).run()) {
                for (BenchmarkResult fork : result.getBenchmarkResults()) {
                    for (IterationResult i : fork.getIterationResults()) {
                        into.add(
                                secondary(i, CpuProfiler.LABEL),
                                secondary(i, CpuProfiler.CALLERS),
                                i.getPrimaryResult().getScore(),
                                secondary(i, "gc.alloc.rate.norm"),
                                secondary(i, CpuProfiler.CALLERS_BYTES));
                    }
                }
            }
        } catch (RunnerException e) {
            throw new IOException("cannot run " + c, e);
        } finally {
            delete(spool);
        }
    }

    private List<String> jvm(Case c, Path spool) throws IOException, SQLException {
        List<String> jvm = new ArrayList<>(effort.jvm());
        switch (c.where()) {
            case POSTGRESQL -> {
                TlsPostgres p = postgres();
                jvm.add("-Dbenchmark.url=" + p.url() + "?sslmode=verify-full&sslrootcert=" + p.ca());
                jvm.add("-Dbenchmark.user=" + p.user());
                jvm.add("-Dbenchmark.password=" + p.password());
            }
            case HTTP -> jvm.add("-Dbenchmark.http=" + server().url());
            case TLS -> jvm.addAll(relayed().jvm(false));
            case RELAY -> jvm.addAll(relayed().jvm(true));
            case H2, NOTHING -> {}
        }
        if (c.governed() != Governed.NOT) {
            jvm.add(agent(c.governed(), spool));
        }
        return jvm;
    }

    /** The JVM option that puts a program under the built agent. */
    public String agent(Governed governed, Path spool) throws IOException {
        Path policy = BenchmarkPolicy.write(directory, governed, roots());
        return "-javaagent:" + Jars.agent() + "=policy=" + policy + ",spool=" + spool + ",spool-size=8g";
    }

    private Path roots() {
        return postgres == null ? directory.resolve("ca.pem") : postgres.ca();
    }

    private TlsPostgres postgres() throws IOException, SQLException {
        if (postgres == null) {
            TlsPostgres p = TlsPostgres.startUnwatched(directory.resolve("postgres"));
            postgres = p;
            try (Connection c = p.ungoverned()) {
                Schema.create(c);
            }
            p.execute("ANALYZE people");
        }
        return postgres;
    }

    private LocalServer server() throws IOException {
        if (server == null) {
            server = LocalServer.start();
        }
        return server;
    }

    private RelayedServer relayed() throws IOException {
        if (relayed == null) {
            relayed = RelayedServer.start(directory.resolve("relayed"));
        }
        return relayed;
    }

    private static double secondary(IterationResult result, String label) {
        return Objects.requireNonNull(result.getSecondaryResults().get(label), label)
                .getScore();
    }

    private static void delete(Path path) throws IOException {
        if (Files.exists(path)) {
            try (Stream<Path> all = Files.walk(path)) {
                for (Path p : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(p);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (server != null) {
            server.close();
        }
        if (relayed != null) {
            relayed.close();
        }
        if (postgres != null) {
            postgres.close();
        }
    }
}
