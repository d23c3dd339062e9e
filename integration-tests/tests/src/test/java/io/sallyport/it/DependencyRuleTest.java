package io.sallyport.it;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.sallyport.testing.Jars;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Dependencies point one way: bootstrap ← core ← weaving ← instrumentation; protocol ← link, control plane. */
class DependencyRuleTest {

    private static JavaClasses classes;

    @BeforeAll
    static void importModules() {
        List<Path> modules = Stream.of(
                        "javaagent/bootstrap",
                        "javaagent/core",
                        "javaagent/weaving",
                        "javaagent/sockets",
                        "javaagent/link",
                        "javaagent/dist",
                        "instrumentation-jdbc",
                        "instrumentation-http",
                        "control-plane/protocol",
                        "control-plane/server")
                .map(m -> Jars.root().resolve(m).resolve("target/classes"))
                .filter(Files::isDirectory)
                .toList();
        classes = new ClassFileImporter().importPaths(modules);
    }

    private static void holds(ArchRule rule) {
        rule.check(classes);
    }

    @Test
    void bootstrapUsesTheJdkOnly() {
        holds(noClasses()
                .that()
                .resideInAPackage("io.sallyport.bootstrap..")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(
                        "java.lang..", "java.io..", "java.net..", "java.util..", "io.sallyport.bootstrap.."));
    }

    @Test
    void coreKnowsNoJdbcNoHttpClientNoByteCodeAndNoOtherModule() {
        holds(noClasses()
                .that()
                .resideInAPackage("io.sallyport.core..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.sql..",
                        "javax.sql..",
                        "java.net.http..",
                        "net.bytebuddy..",
                        "io.netty..",
                        "io.sallyport.bootstrap..",
                        "io.sallyport.weaving..",
                        "io.sallyport.link..",
                        "io.sallyport.protocol..",
                        "io.sallyport.jdbc..",
                        "io.sallyport.http..",
                        "io.sallyport.agent.."));
    }

    @Test
    void coreDoesNoInputOrOutput() {
        holds(noClasses()
                .that()
                .resideInAPackage("io.sallyport.core..")
                .should()
                .dependOnClassesThat()
                .haveNameMatching(
                        "java\\.(nio\\.file\\.Files|io\\.File.*|net\\.(Socket|ServerSocket|URL|URLConnection))"));
    }

    @Test
    void weavingKnowsNoInstrumentationAndNoTransport() {
        holds(noClasses()
                .that()
                .resideInAPackage("io.sallyport.weaving..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.sql..",
                        "java.net.http..",
                        "io.sallyport.jdbc..",
                        "io.sallyport.http..",
                        "io.sallyport.link..",
                        "io.sallyport.protocol..",
                        "io.sallyport.agent.."));
    }

    /** The jar has no more of it than ASM; the annotations are read from class files and never loaded. */
    @Test
    void ofByteBuddyTheAgentUsesAsmAndTheAnnotationsOfAdviceAlone() {
        holds(
                noClasses()
                        .that()
                        .resideInAPackage("io.sallyport..")
                        .should()
                        .dependOnClassesThat()
                        .haveNameMatching(
                                "net\\.bytebuddy\\.(?!jar\\.asm\\.|asm\\.Advice|implementation\\.bytecode\\.assign\\.Assigner).*"));
    }

    @Test
    void instrumentationModulesKnowNeitherEachOtherNorTheTransport() {
        holds(noClasses()
                .that()
                .resideInAPackage("io.sallyport.jdbc..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.sallyport.http..",
                        "io.sallyport.link..",
                        "io.sallyport.protocol..",
                        "io.sallyport.agent.."));
        holds(noClasses()
                .that()
                .resideInAPackage("io.sallyport.http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.sallyport.jdbc..",
                        "io.sallyport.link..",
                        "io.sallyport.protocol..",
                        "io.sallyport.agent.."));
    }

    @Test
    void protocolAndControlPlaneKnowNothingOfTheAgentButItsCore() {
        holds(noClasses()
                .that()
                .resideInAnyPackage("io.sallyport.protocol..", "io.sallyport.controlplane..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.sallyport.bootstrap..",
                        "io.sallyport.weaving..",
                        "io.sallyport.link..",
                        "io.sallyport.jdbc..",
                        "io.sallyport.http..",
                        "io.sallyport.agent.."));
    }

    @Test
    void theAgentUsesNeitherJdbcNorTheClientsThatItGoverns() {
        holds(
                noClasses()
                        .that()
                        .resideInAnyPackage(
                                "io.sallyport.link..",
                                "io.sallyport.agent..",
                                "io.sallyport.core..",
                                "io.sallyport.weaving..")
                        .should()
                        .dependOnClassesThat()
                        .haveNameMatching(
                                "java\\.sql\\.(Driver.*|Connection|.*Statement|ResultSet)|java\\.net\\.http\\..*|java\\.net\\.HttpURLConnection|java\\.util\\.logging\\..*"));
    }
}
