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
import io.sallyport.controlplane.configuration.AddressRanges;
import io.sallyport.controlplane.configuration.LimitSettings;
import io.sallyport.controlplane.events.ChainCheck;
import io.sallyport.controlplane.events.EventLog;
import io.sallyport.controlplane.events.EventQuery;
import io.sallyport.controlplane.events.EventTail;
import io.sallyport.controlplane.events.Shapes;
import io.sallyport.controlplane.events.SignedExport;
import io.sallyport.controlplane.events.Tallies;
import io.sallyport.controlplane.people.ApiTokens;
import io.sallyport.controlplane.people.LoginThrottle;
import io.sallyport.controlplane.people.PasswordThrottle;
import io.sallyport.controlplane.people.Scopes;
import io.sallyport.controlplane.people.Sessions;
import io.sallyport.controlplane.people.Users;
import io.sallyport.controlplane.policy.Policies;
import io.sallyport.controlplane.policy.PolicyDryRun;
import io.sallyport.controlplane.sessions.CallSessions;
import io.sallyport.controlplane.signin.SignIn;
import io.sallyport.controlplane.store.Database;
import io.sallyport.controlplane.store.StoreHealth;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Puts routes, live stream and the HTTPS port together. */
public final class Web implements AutoCloseable {

    private static final long HEARTBEAT_SECONDS = 5;

    private final LiveStream stream = new LiveStream();
    private final Endpoints endpoints;
    private final WebServer server;
    private final EventTail tail;
    private final ScheduledExecutorService timer;

    /** What the routes work with. */
    public record Services(
            Database database,
            Users users,
            Sessions sessions,
            ApiTokens tokens,
            SignIn signIn,
            Scopes scopes,
            JoinTokens joinTokens,
            DeviceLogins deviceLogins,
            Enrolment enrolment,
            Renewal renewal,
            Credentials credentials,
            ChannelServices channels,
            ConnectedAgents connected,
            Workloads workloads,
            EventLog events,
            EventQuery query,
            CallSessions callSessions,
            ChainCheck check,
            SignedExport export,
            Tallies tallies,
            Approvals approvals,
            Grants grants,
            BreakGlass breakGlass,
            Policies policies,
            AuditLog audit,
            StoreHealth health,
            LimitSettings limits,
            Clock clock) {}

    /**
     * @param trustedProxies whose word on a caller's address is taken
     * @param clientAuthority signs the client certificates that are taken; nobody has to have one
     */
    public Web(
            Services s,
            String host,
            int port,
            AddressRanges trustedProxies,
            X509Certificate clientAuthority,
            KeyStore keys,
            String keyPassword,
            ScheduledExecutorService timer) {
        this.timer = timer;
        HeavyReads heavy = new HeavyReads();
        LoginThrottle throttle = new LoginThrottle(s.clock());
        Access access = new Access(
                s.sessions(),
                s.tokens(),
                new RequestBudget(s.limits().personRate(), s.clock()),
                new RequestBudget(s.limits().addressRate(), s.clock()));
        AgentRoutes agents = new AgentRoutes(
                s.enrolment(),
                s.renewal(),
                s.credentials(),
                s.channels(),
                new RequestBudget(s.limits().workloadRate(), s.clock()),
                timer);
        endpoints = new Endpoints(
                new PeopleRoutes(
                        s.users(),
                        s.sessions(),
                        s.tokens(),
                        new PasswordThrottle(s.clock()),
                        s.audit(),
                        s.database(),
                        access),
                new SignInRoutes(s.signIn(), s.sessions(), throttle, s.audit(), s.database()),
                new DeviceLoginRoutes(s.deviceLogins(), throttle),
                new ApprovalRoutes(s.approvals(), s.grants(), s.breakGlass(), s.scopes()),
                new PolicyRoutes(s.policies(), new PolicyDryRun(s.database(), s.policies()), heavy),
                new FleetRoutes(
                        s.workloads(),
                        s.joinTokens(),
                        s.query(),
                        s.tallies(),
                        s.approvals(),
                        s.policies(),
                        s.audit(),
                        s.scopes(),
                        heavy),
                new SessionRoutes(s.callSessions(), s.query(), s.export(), s.scopes()),
                new RecordRoutes(s.workloads(), s.check(), new Shapes(s.database()), s.scopes(), heavy),
                new Metrics(s.connected(), s.workloads(), s.approvals(), s.events(), s.tallies(), s.policies(), stream),
                new HealthRoutes(s.health()),
                agents,
                stream,
                s.scopes(),
                access);
        server = WebServer.create(
                host, port, trustedProxies, clientAuthority, keys, keyPassword, endpoints, access, agents, s.limits());
        tail = new EventTail(
                s.query(),
                stream::watched,
                event -> stream.publish(
                        "event", event.path("workload").path("id").asText(), event.toString()));
        s.events().listen(tail::wake);
        s.database().notices().listen(s.scopes()::on);
        LiveFeed feed = new LiveFeed(stream, s.approvals(), s.workloads(), s.policies());
        s.database().notices().listen(feed::on);
    }

    /** Opens the port. */
    public void start() {
        tail.start();
        server.start();
        var unused =
                timer.scheduleWithFixedDelay(stream::heartbeat, HEARTBEAT_SECONDS, HEARTBEAT_SECONDS, TimeUnit.SECONDS);
    }

    /** Shows another certificate from the next handshake on. */
    public void serve(KeyStore keys) {
        server.serve(keys);
    }

    public int port() {
        return server.port();
    }

    /** Every route with its role. */
    public List<Endpoint> endpoints() {
        return endpoints.table();
    }

    @Override
    public void close() {
        stream.close();
        tail.close();
        server.close();
    }
}
