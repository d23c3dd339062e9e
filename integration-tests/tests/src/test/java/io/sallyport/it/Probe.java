package io.sallyport.it;

import io.sallyport.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Path;

/** Child JVMs that run the classes of {@code io.example.probe}. */
final class Probe {

    private Probe() {}

    /** H2 without any network; statements run in order. */
    static final String H2 = "jdbc:h2:mem:probe";

    static ChildJvm.Builder sql(Path spool) {
        return ChildJvm.builder().classPath(classPath()).env("SALLYPORT_SPOOL", spool.toString());
    }

    static ChildJvm h2(Path spool, String agentOptions, String... statements) throws IOException {
        return sql(spool).agent(agentOptions).run(arguments(H2, statements)).start();
    }

    static String[] arguments(String url, String... statements) {
        String[] all = new String[statements.length + 2];
        all[0] = "io.example.probe.SqlProbe";
        all[1] = url;
        System.arraycopy(statements, 0, all, 2, statements.length);
        return all;
    }

    static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }
}
