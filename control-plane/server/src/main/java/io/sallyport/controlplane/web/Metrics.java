package io.sallyport.controlplane.web;

import io.javalin.http.Context;
import io.sallyport.controlplane.agents.ConnectedAgents;
import io.sallyport.controlplane.agents.Workloads;
import io.sallyport.controlplane.approvals.Approvals;
import io.sallyport.controlplane.events.EventLog;
import io.sallyport.controlplane.events.Tallies;
import io.sallyport.controlplane.people.Person;
import io.sallyport.controlplane.people.Role;
import io.sallyport.controlplane.policy.Policies;
import io.sallyport.controlplane.store.Scope;
import java.util.List;

/** Prometheus text exposition format 0.0.4. */
final class Metrics {

    private final ConnectedAgents connected;
    private final Workloads workloads;
    private final Approvals approvals;
    private final EventLog events;
    private final Tallies tallies;
    private final Policies policies;
    private final LiveStream stream;

    Metrics(
            ConnectedAgents connected,
            Workloads workloads,
            Approvals approvals,
            EventLog events,
            Tallies tallies,
            Policies policies,
            LiveStream stream) {
        this.connected = connected;
        this.workloads = workloads;
        this.approvals = approvals;
        this.events = events;
        this.tallies = tallies;
        this.policies = policies;
        this.stream = stream;
    }

    List<Endpoint> table() {
        return List.of(Endpoint.get("/metrics", Role.VIEWER, this::write));
    }

    private void write(Context request, Person person) {
        StringBuilder out = new StringBuilder(2000);
        Tallies.Totals totals = tallies.totals(Scope.ALL);
        Workloads.Count count = workloads.count(Scope.ALL);
        Runtime runtime = Runtime.getRuntime();
        gauge(out, "sallyport_channels", "Agents connected to this replica", connected.count());
        gauge(out, "sallyport_workloads_connected", "Workloads connected to any replica", count.connected());
        gauge(out, "sallyport_workloads_known", "Workloads that enrolled and were not revoked", count.known());
        gauge(out, "sallyport_approvals_waiting", "Tickets that wait for people", approvals.waiting(Scope.ALL));
        gauge(
                out,
                "sallyport_policy_version",
                "Policy version in force",
                policies.inForce().version());
        gauge(out, "sallyport_live_views", "Dashboards on the live stream of this replica", stream.count());
        counter(out, "sallyport_events_stored_total", "Events stored by this replica", events.stored());
        out.append("# HELP sallyport_calls_total Calls decided, by verdict\n# TYPE sallyport_calls_total counter\n");
        labelled(out, "allow", totals.allow());
        labelled(out, "deny", totals.deny());
        labelled(out, "hold", totals.hold());
        counter(out, "sallyport_calls_masked_total", "Calls whose answer was masked", totals.masked());
        counter(out, "sallyport_alarms_total", "Alarms", totals.alarm());
        gauge(out, "jvm_memory_used_bytes", "Heap in use", runtime.totalMemory() - runtime.freeMemory());
        request.contentType("text/plain; version=0.0.4; charset=utf-8").result(out.toString());
    }

    private static void gauge(StringBuilder out, String name, String help, long value) {
        sample(out, name, help, "gauge", value);
    }

    private static void counter(StringBuilder out, String name, String help, long value) {
        sample(out, name, help, "counter", value);
    }

    private static void sample(StringBuilder out, String name, String help, String type, long value) {
        out.append("# HELP ")
                .append(name)
                .append(' ')
                .append(help)
                .append("\n# TYPE ")
                .append(name)
                .append(' ');
        out.append(type).append('\n').append(name).append(' ').append(value).append('\n');
    }

    private static void labelled(StringBuilder out, String verdict, long value) {
        out.append("sallyport_calls_total{verdict=\"")
                .append(verdict)
                .append("\"} ")
                .append(value)
                .append('\n');
    }
}
