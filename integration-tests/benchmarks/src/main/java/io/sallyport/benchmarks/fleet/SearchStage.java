package io.sallyport.benchmarks.fleet;

import io.sallyport.testing.ControlPlane;
import io.sallyport.testing.TlsPostgres;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * {@code SearchStage EVENTS AGENTS ROUNDS}: {@link EventFill} and {@link SearchLoad} on a PostgreSQL and a control plane of their own, below the folder that
 * {@code java.io.tmpdir} names: a gigabyte for a million events.
 */
public final class SearchStage {

    private SearchStage() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 3) {
            throw new IllegalArgumentException("EVENTS AGENTS ROUNDS");
        }
        Path directory = Files.createTempDirectory("sallyport-search");
        try (TlsPostgres postgres = TlsPostgres.startUnwatched(directory.resolve("postgres"));
                ControlPlane server = ControlPlane.start(
                        directory.resolve("plane"),
                        "--db",
                        postgres.url() + "?user=" + postgres.user() + "&password=" + postgres.password()
                                + "&sslmode=verify-full&sslrootcert=" + postgres.ca())) {
            Plane plane = new Plane(server.url(), server.ca(), server.data().resolve("admin-token"));
            EventFill.run(plane, Long.parseLong(arguments[0]), Integer.parseInt(arguments[1]));
            // As autovacuum would, given an hour.
            postgres.execute("VACUUM ANALYZE");
            SearchLoad.run(plane, Integer.parseInt(arguments[2]));
        }
        System.exit(0);
    }
}
