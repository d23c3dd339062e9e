package io.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.testing.ControlPlaneClient;
import io.sallyport.testing.TlsPostgres;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A rule that asks somebody of each of two groups. */
@Tag("build-jdk")
@ExtendWith(Postgres.class)
class GroupApprovalsIT {

    private static final String POLICY = """
            version: 1
            mode: enforce
            guard:
              - name: two-groups
                when: {unboundedWrite: true}
                then: approve
                approval: {allOf: [dba, security], wait: 20m, timeout: 30m}
            """;

    @Test
    void onePersonReleasesNothingAndOneOfEachGroupDoes(TlsPostgres postgres, @TempDir Path directory) throws Exception {
        postgres.execute("CREATE TABLE groups_items (id int)", "INSERT INTO groups_items VALUES (1), (2), (3)");
        try (Plane plane = Plane.start(directory, POLICY);
                Console workload = Console.start(plane.governing(Console.sql(postgres), "spool"))) {
            ControlPlaneClient dora = plane.admin().approver("dora", "dba");
            ControlPlaneClient sid = plane.admin().approver("sid", "security");
            ControlPlaneClient otto = plane.admin().approver("otto", "sales");
            String call = workload.begin("start", "DELETE FROM groups_items");
            JsonNode ticket = plane.awaitTicket("groups_items");
            assertThat(ticket.path("anyOf").toString()).isEqualTo("[\"dba\",\"security\"]");
            assertThat(ticket.path("eachOf").asBoolean()).isTrue();
            assertThat(ticket.path("required").asInt()).isEqualTo(2);

            Plane.decide(dora, ticket, "approve", "the data is archived");
            assertThatThrownBy(() -> Plane.decide(dora, ticket, "approve", "once more"))
                    .as("nobody counts for two")
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("409");
            assertThatThrownBy(() -> Plane.decide(otto, ticket, "approve", "me too"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("403");
            assertThat(plane.ticket(ticket).path("state").asText()).isEqualTo("waiting");
            assertThat(workload.said(call)).isEmpty();
            assertThat(postgres.query("SELECT count(*) FROM groups_items")).isEqualTo("3");

            Plane.decide(sid, ticket, "approve", "nothing personal in it");
            assertThat(workload.answer(call)).containsExactly("count 3");
            assertThat(postgres.query("SELECT count(*) FROM groups_items")).isEqualTo("0");
            JsonNode outcome = plane.awaitEvent("its outcome", Plane.event("OUTCOME", "delete", "groups_items"));
            assertThat(outcome.path("persons").toString()).contains("dora", "sid");
        }
    }
}
