package io.sallyport.http.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.policy.PolicySnapshot.RecordLevel;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A test in this JVM under the agent, with a server of its own. */
@Timeout(60)
public abstract class GovernedTest {

    /** Mask of the contract's policy over {@link Server#BODY}. */
    protected static final String MASKED = "XXXXXX 42.";

    protected Server server;

    static {
        Governed.start();
    }

    @BeforeEach
    void startServer() throws IOException {
        server = new Server();
        Governed.APPROVER.forget();
        Governed.record(RecordLevel.STATEMENTS);
        Governed.RECORDED.clear();
    }

    @AfterEach
    void stopServer() throws IOException {
        server.close();
        assertThat(Governed.refused())
                .as("but for what the test of an old version found out")
                .allMatch(entry -> entry.reason().contains("is not in this version"));
    }
}
