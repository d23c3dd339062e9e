package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sallyport.jdbc.contract.People;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds through every mapper. The next one is an adapter in {@code sample.mapper} and its name here. */
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {"Hibernate", "MyBatis", "Jooq", "Jdbi3"})
@Timeout(60)
class MapperContractTest {

    private static final ClassLoader APPLICATION = WovenProcess.applicationWith(
            "h2-",
            "slf4j-api",
            "hibernate-",
            "jakarta.",
            "jboss-logging",
            "byte-buddy-1",
            "jaxb-",
            "txw2",
            "istack-",
            "angus-",
            "antlr4-runtime",
            "mybatis",
            "jooq",
            "r2dbc-spi",
            "reactive-streams",
            "jdbi3-core",
            "geantyref");

    private static final String ALLOWING = """
            version: 1
            mode: enforce
            default: {jdbc: allow, http: allow, unmatched: allow, opaque: allow}
            """;

    private static final String MASKING = ALLOWING + """
            mask:
              - {name: emails, columns: [people.email], with: {keepLast: 4}}
            """;

    private static final String URL = "jdbc:h2:mem:mapped";

    @Parameter
    String adapter;

    private Connection keeper;
    private UnderPolicy policy;
    private People people;

    @BeforeEach
    void open() throws Exception {
        policy = new UnderPolicy(ALLOWING);
        keeper = WovenProcess.connect(WovenProcess.driver(APPLICATION, "org.h2.Driver"), URL);
        try (Statement s = keeper.createStatement()) {
            s.execute("CREATE TABLE people (id INT PRIMARY KEY, email VARCHAR(50), note VARCHAR(50))");
            s.execute("INSERT INTO people VALUES (1, 'ann@example.org', 'old')");
        }
        policy.change(MASKING);
        people = (People) APPLICATION
                .loadClass("io.sallyport.jdbc.sample.mapper." + adapter)
                .getConstructor()
                .newInstance();
        inApplication(() -> people.open(URL));
    }

    @AfterEach
    void close() throws Exception {
        inApplication(people::close);
        policy.close();
        keeper.close();
    }

    @Test
    void whatItLoadsIsMasked() throws Exception {
        assertThat(people.person(1)).containsEntry("email", "***********.org").containsEntry("note", "old");
    }

    @Test
    void aRowThatWasLoadedMaskedIsNotWrittenBackAsAWhole() throws Exception {
        Throwable thrown = catchThrowable(() -> people.saveWhole(1, "new"));
        assertThat(thrown).rootCause().isExactlyInstanceOf(SQLException.class);
        SQLException refusal = (SQLException) rootOf(thrown);
        assertThat(refusal.getSQLState()).isEqualTo("42501");
        assertThat(refusal.getMessage()).containsIgnoringCase("people.email").contains("rule emails");
        assertThat(stored()).containsExactly("ann@example.org", "old");
    }

    @Test
    void aWriteOfOtherColumnsPasses() throws Exception {
        people.saveNote(1, "new");
        assertThat(stored()).containsExactly("ann@example.org", "new");
    }

    @Test
    void aRowThatWasLoadedUnmaskedIsWrittenBack() throws Exception {
        policy.change(ALLOWING);
        people.saveWhole(1, "new");
        assertThat(stored()).containsExactly("ann@example.org", "new");
    }

    @Test
    void theDatabaseIsRecognised() throws Exception {
        assertThat(people.database()).containsPattern("^H2(Dialect)?$");
    }

    @Test
    void whatItKeepsOfAMaskedRowIsNotWrittenWhileTheColumnIsMasked() throws Exception {
        people.person(1);
        // Hibernate's second-level cache answers from here on.
        assertThat(people.person(1)).containsEntry("email", "***********.org");
        assertThat(rootOf(catchThrowable(() -> people.saveWhole(1, "new"))).getMessage())
                .containsIgnoringCase("people.email");
        assertThat(stored()).containsExactly("ann@example.org", "old");
    }

    /** What the database holds, unmasked. */
    private List<String> stored() throws Exception {
        policy.change(ALLOWING);
        try {
            return UnderPolicy.row(keeper, "SELECT email, note FROM people");
        } finally {
            policy.change(MASKING);
        }
    }

    private static Throwable rootOf(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private interface Work {
        void run() throws Exception;
    }

    private static void inApplication(Work work) throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(APPLICATION);
        try {
            work.run();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }
}
