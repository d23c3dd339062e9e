package io.sallyport.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.http.contract.ChildFirst;
import io.sallyport.http.contract.Governed;
import io.sallyport.weaving.WeaveModule;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import java.util.ServiceLoader;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Of the oldest, the newest and some versions of each client between them (those in use here have tests of their own), every class that has to be
 * woven is woven, and what is woven passes the verifier.
 */
class EveryClientVersionTest {

    static {
        Governed.start();
    }

    /** Those of clients; handshakes are woven wherever they are. */
    private static final List<WeaveModule> MODULES = ServiceLoader.load(WeaveModule.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(module -> !module.name().equals("https"))
            .toList();

    static Stream<String> versions() {
        return Arrays.stream(new File("target/clients").list()).sorted();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void everyClassThatHasToBeWovenIs(String version) throws Exception {
        List<String> woven = new ArrayList<>();
        List<String> complaints = new ArrayList<>();
        try (ChildFirst library = new ChildFirst(new File("target/clients", version))) {
            for (String name : names(version)) {
                Class<?> type = Class.forName(name, false, library);
                try {
                    // Links the class, which verifies it.
                    type.getDeclaredMethods();
                } catch (LinkageError broken) {
                    complaints.add(name + ": " + broken);
                }
                woven.add(name);
                if (!Governed.coverage().isWoven(type)) {
                    complaints.add(name + ": " + Governed.coverage().reason(type));
                }
            }
        }
        assertThat(complaints).isEmpty();
        assertThat(woven).hasSizeGreaterThan(2);
    }

    /** Of the classes that modules ask for, those that this version has. */
    private static List<String> names(String version) throws IOException {
        List<String> names = new ArrayList<>();
        for (File file : files(version)) {
            try (JarFile jar = new JarFile(file)) {
                for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
                    JarEntry entry = entries.nextElement();
                    if (entry.getName().endsWith(".class") && !entry.getName().startsWith("META-INF")) {
                        String name =
                                entry.getName().substring(0, entry.getName().length() - ".class".length());
                        if (isAskedFor(name, jar, entry)) {
                            names.add(name.replace('/', '.'));
                        }
                    }
                }
            }
        }
        return names;
    }

    private static boolean isAskedFor(String name, JarFile jar, JarEntry entry) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            byte[] classFile = in.readAllBytes();
            return MODULES.stream().anyMatch(module -> module.filter().mayWeave(name, classFile));
        }
    }

    private static File[] files(String version) {
        return new File("target/clients", version).listFiles();
    }
}
