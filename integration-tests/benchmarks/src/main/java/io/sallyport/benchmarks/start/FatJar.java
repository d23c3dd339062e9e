package io.sallyport.benchmarks.start;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** {@link SmallProgram} and its driver in one executable jar. */
final class FatJar {

    private FatJar() {}

    static Path build(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, SmallProgram.class.getName());
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                JarFile driver = new JarFile(jarOf(org.h2.Driver.class).toFile())) {
            for (Enumeration<JarEntry> entries = driver.entries(); entries.hasMoreElements(); ) {
                JarEntry e = entries.nextElement();
                if (!e.isDirectory() && !e.getName().equals(JarFile.MANIFEST_NAME)) {
                    try (InputStream in = driver.getInputStream(e)) {
                        add(out, e.getName(), in);
                    }
                }
            }
            String program = SmallProgram.class.getName().replace('.', '/') + ".class";
            try (InputStream in = FatJar.class.getClassLoader().getResourceAsStream(program)) {
                add(out, program, in);
            }
        }
        return jar;
    }

    private static void add(JarOutputStream out, String name, InputStream in) throws IOException {
        out.putNextEntry(new JarEntry(name));
        in.transferTo(out);
        out.closeEntry();
    }

    private static Path jarOf(Class<?> type) throws IOException {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }
}
