package io.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.testing.ChildJvm;
import io.sallyport.testing.TlsPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An application under a policy that neither refuses nor masks anything of it must not notice the agent. */
@ExtendWith(Postgres.class)
class TransparencyIT {

    private static final Duration LIMIT = Duration.ofSeconds(90);

    /**
     * Rules are there and are looked at; none concerns the probe. Column masks are another target's: where one covers a target, what a
     * procedure returns is of unknown origin and masked, and a call without a known effect needs approval.
     */
    private static final String POLICY = """
            version: 1
            mode: enforce
            default: {opaque: allow}
            targets:
              - {name: elsewhere, jdbc: "jdbc:postgresql://elsewhere.internal/**"}
            mask:
              - {name: contact, target: elsewhere, columns: ["people.email"], with: redact}
            guard:
              - {name: no-rights, when: {privilege: true}, then: deny}
            """;

    @TempDir
    Path directory;

    private List<String> run(boolean governed, String... urlUserPassword) throws Exception {
        ChildJvm.Builder builder = ChildJvm.builder()
                .asInProduction()
                .classPath(Probe.classPath())
                .jvm("-Duser.timezone=UTC")
                .env("SALLYPORT_SPOOL", directory.resolve("spool").toString());
        if (governed) {
            builder.agent("policy=" + Files.writeString(directory.resolve("policy.yaml"), POLICY));
        }
        String[] program = {"io.example.probe.Noticeable", urlUserPassword[0], urlUserPassword[1], urlUserPassword[2]};
        try (ChildJvm jvm = builder.run(program).start()) {
            assertThat(jvm.exitCode(LIMIT)).as(jvm.output()).isZero();
            return jvm.lines().stream()
                    .filter(l -> !l.startsWith("OpenJDK 64-Bit Server VM warning"))
                    .toList();
        }
    }

    private void expectNoDifference(String... urlUserPassword) throws Exception {
        List<String> plain = run(false, urlUserPassword);
        assertThat(plain).hasSizeGreaterThan(150).endsWith("end");
        assertThat(differences(plain, run(true, urlUserPassword))).isEmpty();
    }

    /** By position, so that a failure shows the few lines that differ and not all of them. */
    private static List<String> differences(List<String> plain, List<String> governed) {
        return IntStream.range(0, Math.max(plain.size(), governed.size()))
                .mapToObj(i -> new String[] {line(plain, i), line(governed, i)})
                .filter(pair -> !pair[0].equals(pair[1]))
                .map(pair -> "without agent: " + pair[0] + "\n   with agent: " + pair[1])
                .toList();
    }

    private static String line(List<String> lines, int i) {
        return i < lines.size() ? lines.get(i) : "(nothing)";
    }

    @Test
    void anApplicationOnH2NoticesNothing() throws Exception {
        expectNoDifference("jdbc:h2:mem:noticeable;DB_CLOSE_DELAY=-1", "sa", "");
    }

    @Test
    void anApplicationOnPostgresqlNoticesNothing(TlsPostgres postgres) throws Exception {
        expectNoDifference(
                postgres.url() + "?sslmode=verify-full&sslrootcert=" + postgres.ca(),
                postgres.user(),
                postgres.password());
    }
}
