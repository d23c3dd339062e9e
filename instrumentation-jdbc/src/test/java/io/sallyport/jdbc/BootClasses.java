package io.sallyport.jdbc;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.instrument.Instrumentation;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** The classes that woven code names, on the bootstrap path as in an agent: the JDK's own classes are woven too. */
final class BootClasses {

    private static final String PACKAGE = "io/sallyport/bootstrap/";

    private BootClasses() {}

    /** Before any of them is loaded. */
    static void appendTo(Instrumentation instrumentation) {
        URL found = BootClasses.class.getClassLoader().getResource(PACKAGE + "SallyportGate.class");
        try {
            if (found.openConnection() instanceof JarURLConnection jar) {
                instrumentation.appendToBootstrapClassLoaderSearch(
                        new JarFile(jar.getJarFile().getName()));
            } else {
                instrumentation.appendToBootstrapClassLoaderSearch(
                        packed(Path.of(found.toURI()).getParent()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JarFile packed(Path classes) throws IOException {
        Path jar = Files.createTempFile("sallyport-boot", ".jar");
        jar.toFile().deleteOnExit();
        List<Path> files;
        try (Stream<Path> all = Files.list(classes)) {
            files = all.filter(file -> file.toString().endsWith(".class")).toList();
        }
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out)) {
            for (Path file : files) {
                entries.putNextEntry(new JarEntry(PACKAGE + file.getFileName()));
                Files.copy(file, entries);
            }
        }
        return new JarFile(jar.toFile());
    }
}
