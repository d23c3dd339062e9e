package io.sallyport.controlplane.web;

import io.sallyport.controlplane.audit.AuditLog;
import io.sallyport.controlplane.configuration.AddressRanges;
import io.sallyport.controlplane.configuration.LimitSettings;
import io.sallyport.controlplane.events.EventTail;
import io.sallyport.controlplane.events.Shapes;
import io.sallyport.controlplane.people.LoginThrottle;
import io.sallyport.controlplane.people.PasswordThrottle;
import io.sallyport.controlplane.people.Scopes;
import io.sallyport.controlplane.policy.PolicyDryRun;
import io.sallyport.controlplane.store.Database;
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
        Clock clock = s.common().clock();
        LimitSettings limits = s.common().limits();
        Database database = s.common().database();
        AuditLog audit = s.common().audit();
        Scopes scopes = s.common().scopes();
        LoginThrottle throttle = new LoginThrottle(clock);
        Access access = new Access(
                s.people().sessions(),
                s.people().tokens(),
                new RequestBudget(limits.personRate(), clock),
                new RequestBudget(limits.addressRate(), clock));
        AgentRoutes agents = new AgentRoutes(
                s.admission().enrolment(),
                s.admission().renewal(),
                s.admission().credentials(),
                s.fleet().channels(),
                new RequestBudget(limits.workloadRate(), clock),
                timer);
        endpoints = new Endpoints(
                new PeopleRoutes(
                        s.people().users(),
                        s.people().sessions(),
                        s.people().tokens(),
                        new PasswordThrottle(clock),
                        audit,
                        database,
                        access),
                new SignInRoutes(s.people().signIn(), s.people().sessions(), audit, database, clock),
                new DeviceLoginRoutes(s.admission().deviceLogins(), throttle),
                new ApprovalRoutes(
                        s.decisions().approvals(),
                        s.decisions().grants(),
                        s.decisions().breakGlass(),
                        scopes),
                new PolicyRoutes(s.policies(), new PolicyDryRun(database, s.policies()), heavy),
                new FleetRoutes(
                        s.fleet().workloads(),
                        s.admission().joinTokens(),
                        s.recordings().query(),
                        s.recordings().tallies(),
                        s.decisions().approvals(),
                        s.policies(),
                        audit,
                        scopes,
                        heavy),
                new SessionRoutes(
                        s.recordings().sessions(),
                        s.recordings().query(),
                        new SessionExports(
                                s.recordings().query(),
                                s.recordings().export(),
                                new HeavyReads(),
                                s.common().data()),
                        scopes,
                        heavy),
                new RecordRoutes(s.fleet().workloads(), s.recordings().check(), new Shapes(database), scopes, heavy),
                new Metrics(
                        s.fleet().connected(),
                        s.fleet().workloads(),
                        s.decisions().approvals(),
                        s.recordings().events(),
                        s.recordings().tallies(),
                        s.policies(),
                        stream),
                new HealthRoutes(s.common().health()),
                agents,
                stream,
                scopes,
                access);
        server = WebServer.create(
                host,
                port,
                trustedProxies,
                clientAuthority,
                keys,
                keyPassword,
                endpoints,
                access,
                agents,
                limits,
                clock);
        tail = new EventTail(
                s.recordings().query(),
                stream::watched,
                event -> stream.publish(
                        "event", event.path("workload").path("id").asText(), event.toString()));
        s.recordings().events().listen(tail::wake);
        database.notices().listen(scopes::on);
        LiveFeed feed =
                new LiveFeed(stream, s.decisions().approvals(), s.fleet().workloads(), s.policies());
        database.notices().listen(feed::on);
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
