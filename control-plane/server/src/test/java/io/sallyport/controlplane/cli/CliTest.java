package io.sallyport.controlplane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.controlplane.ControlPlane;
import io.sallyport.controlplane.Settings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CliTest {

    private Path directory;
    private ControlPlane server;

    @BeforeAll
    void start(@TempDir Path temporary) {
        directory = temporary;
        server = ControlPlane.start(new Settings(directory.resolve("data"), "127.0.0.1", 0, List.of(), null, null));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private record Result(int code, String out, String err) {}

    private Result run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--token-file", directory.resolve("data/admin-token").toString()));
        return plain(at(all.toArray(String[]::new)));
    }

    /** The same without the administrator's token. */
    private String[] at(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "--url",
                "https://localhost:" + server.port(),
                "--ca-file",
                directory.resolve("data/ca.pem").toString()));
        return all.toArray(String[]::new);
    }

    private static Result plain(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = Main.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return new Result(command.execute(arguments), out.toString(), err.toString());
    }

    @Test
    void aPolicyIsCheckedPushedReadAndRolledBack() throws Exception {
        Path good = Files.writeString(directory.resolve("good.yaml"), "version: 1\nmode: enforce\n");
        Path bad = Files.writeString(directory.resolve("bad.yaml"), "version: 1\nmodus: enforce\n");
        assertThat(run("policy", "validate", good.toString()).code()).isZero();
        Result invalid = run("policy", "validate", bad.toString());
        assertThat(invalid.code()).isEqualTo(1);
        assertThat(invalid.out()).contains("bad.yaml:2:");
        Result refused = run("policy", "push", bad.toString());
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("line 2");
        assertThat(run("policy", "push", good.toString(), "-m", "first").out()).contains("version 2");
        assertThat(run("policy", "get").out()).isEqualTo("version: 1\nmode: enforce\n");
        assertThat(run("policy", "rollback", "1").out()).contains("version 3");
        assertThat(run("policy", "versions").out()).contains("first").contains("admin");
    }

    @Test
    void theEncryptionOfTheFleetIsListed() {
        Result list = run("tls", "--refused");
        assertThat(list.code()).isZero();
        assertThat(list.out()).startsWith("OUTCOME").contains("WHAT TO DO");
    }

    @Test
    void recordingsAndShapesOfTheFleetAreAskedFor() {
        assertThat(run("shapes", "--today").out()).startsWith("FIRST");
        Result nobody = run("recordings", "w-nobody");
        assertThat(nobody.code()).isEqualTo(1);
        assertThat(nobody.err()).contains("there is no workload");
    }

    @Test
    void aDryRunSaysWhatWouldChangeAndPublishesNothing() throws Exception {
        Path policy = Files.writeString(directory.resolve("tried.yaml"), "version: 1\nmode: enforce\n");
        String before = run("policy", "versions").out();
        assertThat(run("policy", "dry-run", policy.toString()).out())
                .contains("Of the last 0 calls")
                .contains("refuse: none more")
                .contains("mask: no column");
        assertThat(run("policy", "push", policy.toString(), "--dry-run").out()).contains("Of the last 0 calls");
        assertThat(run("policy", "versions").out()).isEqualTo(before);
    }

    @Test
    void aPolicyIsTriedAtALabelAndPromoted() throws Exception {
        Path policy = Files.writeString(directory.resolve("staged.yaml"), "version: 1\nmode: enforce\n");
        String before = run("policy", "get").out();
        assertThat(run("policy", "push", policy.toString(), "--stage", "env=canary,region=eu")
                        .out())
                .startsWith("published as version ");
        assertThat(run("policy", "versions").out()).contains("env=canary,region=eu");
        assertThat(run("policy", "get").out()).isEqualTo(before);
        assertThat(run("policy", "promote").code()).isZero();
        assertThat(run("policy", "get").out()).isEqualTo("version: 1\nmode: enforce\n");
        assertThat(run("policy", "promote").code()).isEqualTo(1);
    }

    @Test
    void aJoinTokenIsPrintedAlone() {
        Result token = run("join-token", "--workload", "orders", "--uses", "2", "--label", "env=prod");
        assertThat(token.code()).isZero();
        assertThat(token.out().strip()).startsWith("sp1.").doesNotContain(" ");
    }

    @Test
    void usersAndTokensAreAddedAndListed() {
        assertThat(run("users", "add", "alice", "--role", "approver", "--group", "dba")
                        .out()
                        .strip())
                .hasSize(23);
        assertThat(run("users", "list").out())
                .contains("alice")
                .contains("approver")
                .contains("dba");
        assertThat(run("tokens", "add", "ci", "--role", "author").out().strip()).startsWith("spt.");
        assertThat(run("tokens", "list").out()).contains("ci");
    }

    @Test
    void aPersonMakesListsAndEndsTokensOfTheirOwn() throws Exception {
        Path password = Files.writeString(
                directory.resolve("password"),
                run("users", "add", "mia", "--role", "approver", "--group", "dba")
                        .out());
        Result made = plain(at("my-tokens", "add", "--user", "mia", "--password-file", password.toString()));
        assertThat(made.out().strip()).as(made.err()).startsWith("spt.").doesNotContain("\n");
        Path own = Files.writeString(directory.resolve("mia-token"), made.out());
        String id = made.out().split("\\.")[1];

        String listed =
                plain(at("my-tokens", "list", "--token-file", own.toString())).out();
        assertThat(listed.lines()).hasSize(2);
        assertThat(listed).contains(id, "mia", "approver", "dba");
        String ofAnother =
                run("tokens", "add", "other", "--role", "viewer").out().split("\\.")[1];
        assertThat(run("my-tokens", "list").out()).as("the administrator's own").doesNotContain(id, ofAnother);
        assertThat(plain(at("my-tokens", "delete", ofAnother, "--token-file", own.toString()))
                        .err())
                .contains("you have no API token of that id");
        assertThat(run("tokens", "list").out()).contains(ofAnother);

        assertThat(plain(at("my-tokens", "delete", id, "--token-file", own.toString()))
                        .code())
                .isZero();
        assertThat(plain(at("my-tokens", "list", "--token-file", own.toString()))
                        .code())
                .as("it is no longer let in")
                .isEqualTo(1);
    }

    @Test
    void noTokenOfOnesOwnIsMadeWithAWrongPassword() throws Exception {
        Path password = Files.writeString(directory.resolve("wrong-password"), "s3cret-guess");
        Result refused = plain(at("my-tokens", "add", "--user", "nobody", "--password-file", password.toString()));
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err()).contains("user or password is wrong").doesNotContain("s3cret-guess");
    }

    @Test
    void aJoinTokenIsListedUntilItIsMadeVoid() {
        String id = run("join-token", "--workload", "to-be-voided").out().split("\\.")[2];
        assertThat(run("join-tokens", "list").out()).contains(id).contains("to-be-voided");
        assertThat(run("join-tokens", "void", id).code()).isZero();
        assertThat(run("join-tokens", "list").out()).doesNotContain("to-be-voided");
    }

    @Test
    void listsAreThereEvenWhenEmpty() {
        assertThat(run("approvals", "list").out()).startsWith("ID");
        assertThat(run("workloads").out()).startsWith("ID");
        assertThat(run("events").code()).isZero();
        assertThat(run("approvals", "list", "--json").out().strip()).isEqualTo("[ ]");
    }

    @Test
    void anUnknownTicketIsOneLine() {
        Result result = run("approvals", "approve", "nothing");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err().strip()).isEqualTo("sallyport-control-plane: there is no approval of that id");
    }

    @Test
    void aFileThatHoldsNoTokenIsNotRepeated() throws Exception {
        Path file = Files.writeString(directory.resolve("odd"), "s3cret one\ns3cret two\n");
        Result result =
                plain("workloads", "--url", "https://localhost:" + server.port(), "--token-file", file.toString());
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("API token").doesNotContain("s3cret");
    }

    @Test
    void aWrongAddressAndAnUntrustedCertificateAreToldApart() {
        String token = directory.resolve("data/admin-token").toString();
        Result nobody = plain("workloads", "--url", "https://localhost:1", "--token-file", token);
        assertThat(nobody.err()).contains("no control plane at");
        Result untrusted = plain("workloads", "--url", "https://localhost:" + server.port(), "--token-file", token);
        assertThat(untrusted.err()).contains("--ca-file");
    }
}
