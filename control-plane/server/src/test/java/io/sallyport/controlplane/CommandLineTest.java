package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.controlplane.cli.Main;
import io.sallyport.core.hold.Ticket;
import io.sallyport.protocol.ServerMessage;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import picocli.CommandLine;

/** The commands, and what they do to workloads that are connected. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandLineTest {

    private Running server;

    @BeforeAll
    void start() throws Exception {
        server = Running.on(Store.EMBEDDED);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private String run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        assertThat(execute(out, err, arguments)).as("%s", err).isZero();
        return out.toString();
    }

    private String refused(String... arguments) {
        StringWriter err = new StringWriter();
        assertThat(execute(new StringWriter(), err, arguments)).isNotZero();
        return err.toString();
    }

    private int execute(StringWriter out, StringWriter err, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "--url", server.url(),
                "--token-file", server.data().resolve("admin-token").toString(),
                "--ca-file", server.data().resolve("ca.pem").toString()));
        CommandLine command = Main.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(all.toArray(String[]::new));
    }

    @Test
    void aTicketIsListedApprovedAndRefused() {
        TestAgent agent = server.connectedAgent("orders");
        Ticket wanted = agent.submit(TestAgent.ticket());
        Ticket unwanted = agent.submit(TestAgent.ticket());
        assertThat(run("approvals", "list"))
                .contains(wanted.id(), unwanted.id(), "orders", "delete", "mass-write", "0 of 1");
        assertThat(run("approvals", "approve", wanted.id(), "--reason", "OPS-1"))
                .contains("approved");
        assertThat(agent.next(ServerMessage.ApprovalDecision.class))
                .isEqualTo(
                        new ServerMessage.ApprovalDecision(wanted.id(), "approved", List.of("admin"), "OPS-1", false));
        assertThat(run("approvals", "refuse", unwanted.id(), "--reason", "not today"))
                .contains("refused");
        assertThat(agent.next(ServerMessage.ApprovalDecision.class))
                .isEqualTo(new ServerMessage.ApprovalDecision(
                        unwanted.id(), "refused", List.of("admin"), "not today", false));
        assertThat(run("approvals", "list", "--state", "decided")).contains(wanted.id(), unwanted.id());
        assertThat(run("approvals", "list")).doesNotContain(wanted.id());
    }

    @Test
    void aLoginWaitsForItsConfirmationAndLeavesATokenThatOnlyItsOwnerReads() throws Exception {
        Path into = Files.createTempDirectory("home").resolve(".sallyport/token");
        StringWriter out = new StringWriter();
        CommandLine command = Main.commandLine();
        command.setOut(new PrintWriter(out, true));
        CompletableFuture<Integer> login = CompletableFuture.supplyAsync(() -> command.execute(
                "login",
                "--into",
                into.toString(),
                "--url",
                server.url(),
                "--ca-file",
                server.data().resolve("ca.pem").toString()));
        Matcher code = Pattern.compile("confirm the code (\\S+)\\.").matcher("");
        Awaitility.await().until(() -> code.reset(out.toString()).find());
        assertThat(into).doesNotExist();
        server.signIn("admin", server.secret("admin-password"))
                .at(server)
                .post("/api/v1/device-logins/" + code.group(1) + "/confirm", Map.of())
                .expect(200);
        assertThat(login.get(30, TimeUnit.SECONDS)).isZero();
        assertThat(into).content().startsWith("sp1.");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(into)))
                .isEqualTo("rw-------");
    }

    @Test
    void aSessionIsListedShownAndStopped() {
        TestAgent agent = server.connectedAgent("ledger");
        agent.events("s", 1, 2);
        agent.next(ServerMessage.EventsAck.class);
        String listed = run("sessions", "--workload", "ledger");
        assertThat(run("sessions", "list", "--workload", "ledger")).isEqualTo(listed);
        String[] session = listed.lines().skip(1).findFirst().orElseThrow().split(" {2,}");
        assertThat(session).containsSequence("ledger", "jdbc:postgresql://db/orders", "open");
        assertThat(run("sessions", "--with", "refused")).doesNotContain("ledger");
        assertThat(run("sessions", session[0]).lines().skip(1)).hasSize(2).allMatch(line -> line.contains("a-rule"));
        assertThat(run("sessions", "stop", session[0], "--reason", "looks odd")).contains("stopped");
        assertThat(agent.next(ServerMessage.SessionStopped.class))
                .isEqualTo(new ServerMessage.SessionStopped("session-1", "admin", "looks odd"));
    }

    @Test
    void aWorkloadIsListedWithItsStateAndShown() {
        TestAgent agent = server.connectedAgent("shown");
        assertThat(run("workloads").lines().filter(line -> line.startsWith(agent.id())))
                .singleElement()
                .asString()
                .contains("shown", "connected");
        assertThat(run("workloads", agent.id())).contains("\"name\" : \"shown\"");
    }

    @Test
    void aWorkloadIsRevokedByItsNameAndByItsIdWhereSeveralHaveTheName() {
        TestAgent alone = server.connectedAgent("rogue");
        assertThat(run("workloads", "revoke", "rogue", "--reason", "taken over"))
                .contains(alone.id(), "revoked");
        assertThat(alone.next(ServerMessage.Revoked.class)).isNotNull();

        TestAgent one = server.connectedAgent("twins");
        TestAgent other = server.connectedAgent("twins");
        assertThat(refused("workloads", "revoke", "twins", "--reason", "either"))
                .contains(one.id(), other.id());
        run("workloads", "revoke", one.id(), "--reason", "this one");
        assertThat(one.next(ServerMessage.Revoked.class)).isNotNull();
        assertThat(run("workloads", "list").lines().filter(line -> line.contains("twins")))
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).contains(one.id(), "revoked"),
                        line -> assertThat(line).contains(other.id(), "connected"));
    }

    @Test
    void aDifferenceToThePolicyInForceIsShownLineByLine() throws Exception {
        String inForce = run("policy", "get");
        Path same = Files.writeString(Files.createTempFile("same", ".yaml"), inForce);
        assertThat(run("policy", "diff", same.toString())).isEmpty();
        Path other = Files.writeString(Files.createTempFile("other", ".yaml"), inForce + "# from the pipeline\n");
        assertThat(run("policy", "diff", other.toString()))
                .contains("--- in force", "+# from the pipeline")
                .doesNotContain("\n-");
        String pushed = run("policy", "push", other.toString()).replaceAll("\\D", "");
        assertThat(run("policy", "diff", "1")).contains("-# from the pipeline");
        assertThat(run("policy", "diff", pushed, "1")).contains("--- version 1", "+# from the pipeline");
        assertThat(run("policy", "diff", pushed)).isEmpty();
    }
}
