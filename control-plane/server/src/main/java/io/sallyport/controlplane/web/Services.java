package io.sallyport.controlplane.web;

import io.sallyport.controlplane.agents.ChannelServices;
import io.sallyport.controlplane.agents.ConnectedAgents;
import io.sallyport.controlplane.agents.Credentials;
import io.sallyport.controlplane.agents.DeviceLogins;
import io.sallyport.controlplane.agents.Enrolment;
import io.sallyport.controlplane.agents.JoinTokens;
import io.sallyport.controlplane.agents.Renewal;
import io.sallyport.controlplane.agents.Workloads;
import io.sallyport.controlplane.approvals.Approvals;
import io.sallyport.controlplane.approvals.BreakGlass;
import io.sallyport.controlplane.approvals.Grants;
import io.sallyport.controlplane.audit.AuditLog;
import io.sallyport.controlplane.configuration.LimitSettings;
import io.sallyport.controlplane.events.ChainCheck;
import io.sallyport.controlplane.events.EventLog;
import io.sallyport.controlplane.events.EventQuery;
import io.sallyport.controlplane.events.SignedExport;
import io.sallyport.controlplane.events.Tallies;
import io.sallyport.controlplane.people.ApiTokens;
import io.sallyport.controlplane.people.Scopes;
import io.sallyport.controlplane.people.Sessions;
import io.sallyport.controlplane.people.Users;
import io.sallyport.controlplane.policy.Policies;
import io.sallyport.controlplane.sessions.CallSessions;
import io.sallyport.controlplane.signin.SignIn;
import io.sallyport.controlplane.store.Database;
import io.sallyport.controlplane.store.StoreHealth;
import java.nio.file.Path;
import java.time.Clock;

/** What the routes work with, by what it is about. */
public record Services(
        Common common,
        People people,
        Admission admission,
        Fleet fleet,
        Recordings recordings,
        Decisions decisions,
        Policies policies) {

    /**
     * What most of the others work with themselves.
     *
     * @param data the data directory
     */
    public record Common(
            Path data,
            Database database,
            AuditLog audit,
            Scopes scopes,
            StoreHealth health,
            LimitSettings limits,
            Clock clock) {}

    /** Who people are. */
    public record People(Users users, Sessions sessions, ApiTokens tokens, SignIn signIn) {}

    /** How workloads come in and stay. */
    public record Admission(
            JoinTokens joinTokens,
            DeviceLogins deviceLogins,
            Enrolment enrolment,
            Renewal renewal,
            Credentials credentials) {}

    /** Workloads that are in. */
    public record Fleet(ChannelServices channels, ConnectedAgents connected, Workloads workloads) {}

    /** What workloads told of their calls. */
    public record Recordings(
            EventLog events,
            EventQuery query,
            CallSessions sessions,
            ChainCheck check,
            SignedExport export,
            Tallies tallies) {}

    /** What people decide. */
    public record Decisions(Approvals approvals, Grants grants, BreakGlass breakGlass) {}
}
