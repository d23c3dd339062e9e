package io.sallyport.it;

import io.sallyport.testing.TlsPostgres;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands the one PostgreSQL of this test run to whoever has a {@link TlsPostgres} parameter. Tests keep apart by the names of their tables.
 * Where the chosen implementation is not there, the tests are skipped and standard error says so.
 */
public final class Postgres implements ExecutionCondition, ParameterResolver {

    /** Of a class: whether its preparation needs the server. Of a test: whether the test itself does. */
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Stream<Method> needing = context.getTestMethod()
                .map(Stream::of)
                .orElseGet(() -> Arrays.stream(context.getRequiredTestClass().getDeclaredMethods())
                        .filter(m -> m.isAnnotationPresent(BeforeAll.class)));
        boolean needed = needing.anyMatch(m -> List.of(m.getParameterTypes()).contains(TlsPostgres.class));
        String missing = needed ? TlsPostgres.missing() : null;
        if (missing == null) {
            return ConditionEvaluationResult.enabled("PostgreSQL can be had or is not needed");
        }
        System.err.println("SKIPPED " + context.getUniqueId() + ": " + missing);
        return ConditionEvaluationResult.disabled(missing);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TlsPostgres.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(Postgres.class))
                .getOrComputeIfAbsent("server", key -> start(), Shared.class)
                .server();
    }

    private static Shared start() {
        try {
            Path directory = Files.createTempDirectory("sallyport-it-postgres");
            return new Shared(TlsPostgres.start(directory), directory);
        } catch (IOException | SQLException e) {
            throw new IllegalStateException("PostgreSQL did not start", e);
        }
    }

    private record Shared(TlsPostgres server, Path directory) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            server.close();
            List<Path> all;
            try (Stream<Path> walk = Files.walk(directory)) {
                all = walk.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path p : all) {
                Files.deleteIfExists(p);
            }
        }
    }
}
