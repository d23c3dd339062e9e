package io.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.testing.Jars;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The tool that compares a project's tests without and with the agent, on a project that notices the agent in one of its tests. */
@Tag("build-jdk")
@Timeout(600)
class TransparencyToolIT {

    private static final String POM = """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>io.example</groupId><artifactId>tiny</artifactId><version>1</version>
              <properties>
                <maven.compiler.release>17</maven.compiler.release>
                <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
              </properties>
              <dependencies>
                <dependency><groupId>org.junit.jupiter</groupId><artifactId>junit-jupiter</artifactId><version>5.14.4</version></dependency>
              </dependencies>
              <build><plugins>
                <plugin><artifactId>maven-resources-plugin</artifactId><configuration><skip>true</skip></configuration></plugin>
                <plugin><artifactId>maven-compiler-plugin</artifactId><version>3.16.0</version></plugin>
                <plugin><artifactId>maven-surefire-plugin</artifactId><version>3.6.1</version>
                  <configuration><argLine>-Downed.by.the.project=yes</argLine></configuration></plugin>
              </plugins></build>
            </project>
            """;

    private static final String TESTS = """
            import static org.junit.jupiter.api.Assertions.*;
            import org.junit.jupiter.api.*;

            class TinyTest {
                @Test void passes() { assertEquals("yes", System.getProperty("owned.by.the.project")); }
                @Test void fails() { fail(); }
                @Test @Disabled void isSkipped() {}
                @Test void notices() throws Exception {
                    assertThrows(ClassNotFoundException.class, () -> Class.forName("java.lang.SallyportGate"));
                }
            }
            """;

    @TempDir
    Path project;

    @Test
    void aTestThatNoticesTheAgentIsADifferenceAndOthersAreNot() throws Exception {
        Files.writeString(project.resolve("pom.xml"), POM);
        Path tests = Files.createDirectories(project.resolve("src/test/java"));
        Files.writeString(tests.resolve("TinyTest.java"), TESTS);
        assertThat(compare())
                .contains("TinyTest#notices\n    without the agent: passed\n    with the agent:    failure")
                .contains("4 tests without the agent (2 passed), 4 with it: 1 differences");
    }

    private String compare() throws IOException, InterruptedException {
        String tool = Jars.root().resolve("integration-tests/transparency/run").toString();
        ProcessBuilder builder = new ProcessBuilder(tool, project.toString()).redirectErrorStream(true);
        // The local repository of this build holds what the project needs.
        String repository = System.getProperty("maven.repo.local", System.getProperty("localRepository"));
        if (repository != null) {
            builder.environment().put("MAVEN_ARGS", "-Dmaven.repo.local=" + repository);
        }
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isEqualTo(1);
        return output;
    }
}
