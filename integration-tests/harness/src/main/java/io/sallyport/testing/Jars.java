package io.sallyport.testing;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the build puts its jars. */
public final class Jars {

    private Jars() {}

    /** The repository's root: the nearest folder upwards that holds the agent's module. */
    public static Path root() {
        for (Path p = Path.of("").toAbsolutePath(); p != null; p = p.getParent()) {
            if (Files.isDirectory(p.resolve("javaagent/dist"))) {
                return p;
            }
        }
        throw new IllegalStateException(
                "not inside a Sallyport checkout: " + Path.of("").toAbsolutePath());
    }

    public static Path agent() {
        return existing("javaagent/dist/target/sallyport-agent.jar");
    }

    public static Path controlPlane() {
        return existing("control-plane/server/target/sallyport-control-plane.jar");
    }

    /** The sample workload with its libraries, as a fat folder. */
    public static String workloadClassPath() {
        Path target = existing("integration-tests/workload/target/classes");
        return target + java.io.File.pathSeparator + target.resolveSibling("lib") + "/*";
    }

    private static Path existing(String path) {
        Path p = root().resolve(path);
        if (!Files.exists(p)) {
            throw new IllegalStateException("not built yet: " + p + " (run: mvn -DskipTests package)");
        }
        return p;
    }
}
