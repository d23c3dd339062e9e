package io.sallyport.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** What may be in the agent jar. */
class AgentJarIT {

    private static final Path JAR = Path.of("target/sallyport-agent.jar");

    /** Everything an application's class loader could find by name. */
    @Test
    void onlyTheEntryPointsAreVisibleToOtherLoaders() throws Exception {
        assertThat(entries())
                .filteredOn(e -> e.endsWith(".class"))
                .allMatch(e -> e.matches("io/sallyport/agent/[^/]+\\.class"));
    }

    @Test
    void hiddenClassesAreOursOrRelocated() throws Exception {
        assertThat(entries())
                .filteredOn(e -> e.endsWith(".classdata"))
                .isNotEmpty()
                .allMatch(e -> e.startsWith("inst/io/sallyport/") || e.startsWith("inst/boot/Sallyport"));
    }

    @Test
    void theBootstrapHoldsAtMostSixClasses() throws Exception {
        assertThat(entries()).filteredOn(e -> e.startsWith("inst/boot/")).hasSizeBetween(1, 6);
    }

    @Test
    void noEntryOccursTwice() throws Exception {
        assertThat(entries()).doesNotHaveDuplicates();
    }

    @Test
    void thereAreNoNativeLibraries() throws Exception {
        assertThat(entries()).noneMatch(e -> e.endsWith(".so") || e.endsWith(".dll") || e.endsWith(".jnilib"));
    }

    @Test
    void theBillOfMaterialsNamesWhatIsInside() throws Exception {
        assertThat(Files.readString(Path.of("target/sallyport-agent.cdx.json")))
                .contains("pkg:maven/net.bytebuddy/byte-buddy@")
                .contains("pkg:maven/com.github.jsqlparser/jsqlparser@")
                .contains("pkg:maven/io.netty/netty-handler@")
                .contains("pkg:maven/com.fasterxml.jackson.core/jackson-core@")
                .contains("pkg:maven/org.bouncycastle/bcprov-jdk18on@")
                .doesNotContain("pkg:maven/org.junit");
    }

    private static List<String> entries() throws Exception {
        List<String> names = new ArrayList<>();
        try (JarFile jar = new JarFile(JAR.toFile())) {
            for (Enumeration<JarEntry> e = jar.entries(); e.hasMoreElements(); ) {
                JarEntry entry = e.nextElement();
                if (!entry.isDirectory()) {
                    names.add(entry.getName());
                }
            }
        }
        return names;
    }
}
