package io.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.testing.ChildJvm;
import io.sallyport.testing.Jars;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The whole scenario: control plane, PostgreSQL, workload, approval. */
@Tag("build-jdk")
class DemoIT {

    @Test
    void everyExpectationOfTheDemoHolds() throws Exception {
        Path demo = Jars.root().resolve("integration-tests/demo/target");
        try (ChildJvm jvm = ChildJvm.builder()
                .classPath(demo.resolve("classes") + File.pathSeparator + demo.resolve("lib") + "/*")
                .jvm("-Dsallyport.test.javaHome="
                        + System.getProperty("sallyport.test.javaHome", System.getProperty("java.home")))
                .directory(Jars.root())
                .run("io.sallyport.demo.Demo", "--check")
                .start()) {
            int exit = jvm.exitCode(Duration.ofSeconds(150));
            assertThat(exit).as(jvm.output()).isZero();
            assertThat(jvm.lines()).filteredOn(l -> l.startsWith("ok ")).hasSizeGreaterThanOrEqualTo(12);
        }
    }
}
