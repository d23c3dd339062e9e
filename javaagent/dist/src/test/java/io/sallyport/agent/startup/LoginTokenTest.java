package io.sallyport.agent.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The token that a person's login left is taken where nothing else is said, and only then. */
class LoginTokenTest {

    private static final String PLANE = "control-plane=https://localhost:8443";

    @TempDir
    private Path home;

    private Path token;

    @BeforeEach
    void login() throws Exception {
        token = home.resolve(".sallyport/token");
        Files.createDirectories(token.getParent());
        Files.writeString(token, "sp1.a.b.c\n");
    }

    private AgentOptions parse(String arguments) {
        Map<String, String> properties =
                Map.of("user.home", home.toString(), "java.io.tmpdir", "/tmp", "user.name", "alice");
        return AgentOptions.parse(arguments, properties::get, name -> null);
    }

    @Test
    void aControlPlaneWithoutATokenFileTakesIt() {
        assertThat(parse(PLANE).tokenFile()).isEqualTo(token);
    }

    @Test
    void aTokenFileOfTheWorkloadsOwnWins() {
        assertThat(parse(PLANE + ",token-file=/etc/token").tokenFile()).isEqualTo(Path.of("/etc/token"));
    }

    @Test
    void withoutAControlPlaneItIsNotTouched() {
        assertThat(parse("policy=p.yaml").tokenFile()).isNull();
    }

    @Test
    void withoutALoginThereIsNone() throws Exception {
        Files.delete(token);
        assertThat(parse(PLANE).tokenFile()).isNull();
    }
}
