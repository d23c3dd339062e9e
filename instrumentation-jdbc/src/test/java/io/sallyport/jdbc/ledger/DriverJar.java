package io.sallyport.jdbc.ledger;

import io.sallyport.weaving.match.TypeInfo;
import io.sallyport.weaving.match.Types;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.pool.TypePool;

/** One version of a driver, as its class files describe it: nothing is loaded, so optional dependencies may be missing. */
public final class DriverJar {

    private final Path file;
    private final TypePool pool;
    private final Types types;

    private DriverJar(Path file) {
        this.file = file;
        try {
            this.pool = TypePool.Default.WithLazyResolution.of(new ClassFileLocator.Compound(
                    ClassFileLocator.ForJarFile.of(file.toFile()),
                    ClassFileLocator.ForClassLoader.of(ClassLoader.getPlatformClassLoader())));
            this.types = Types.of(
                    new URLClassLoader(new URL[] {file.toUri().toURL()}, ClassLoader.getPlatformClassLoader()),
                    new Types.Platform());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A class of the driver as weaving sees it. */
    TypeInfo type(String name) {
        return types.type(name);
    }

    /** Every driver that the build copied. */
    public static List<Path> all() {
        Path folder = Path.of(System.getProperty("sallyport.drivers", "target/drivers"));
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith(".jar")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param name of the file, without {@code .jar} */
    public static Path file(String name) {
        return all().stream()
                .filter(f -> f.getFileName().toString().equals(name + ".jar"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(name + " was not copied by the build"));
    }

    public static DriverJar of(Path file) {
        return new DriverJar(file);
    }

    /** Classes and interfaces of the driver. */
    public List<TypeDescription> types() {
        return ofEach((jar, entry) -> {
            String name = entry.getName();
            return pool.describe(name.substring(0, name.length() - 6).replace('/', '.'))
                    .resolve();
        });
    }

    /** The same as bytecode. */
    List<byte[]> classFiles() {
        return ofEach((jar, entry) -> {
            try (InputStream in = jar.getInputStream(entry)) {
                return in.readAllBytes();
            }
        });
    }

    private interface Reading<T> {

        T of(JarFile jar, JarEntry entry) throws IOException;
    }

    private <T> List<T> ofEach(Reading<T> reading) {
        List<T> all = new ArrayList<>();
        try (JarFile jar = new JarFile(file.toFile())) {
            for (JarEntry entry : Collections.list(jar.entries())) {
                String name = entry.getName();
                if (name.endsWith(".class") && !name.startsWith("META-INF/") && !name.endsWith("module-info.class")) {
                    all.add(reading.of(jar, entry));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }
}
