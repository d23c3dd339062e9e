package io.sallyport.controlplane;

import io.sallyport.controlplane.agents.ChannelServices;
import io.sallyport.controlplane.agents.ConnectedAgents;
import io.sallyport.controlplane.agents.Credentials;
import io.sallyport.controlplane.agents.DeviceLogins;
import io.sallyport.controlplane.agents.Enrolment;
import io.sallyport.controlplane.agents.ExpectedWorkloads;
import io.sallyport.controlplane.agents.IdentityTokens;
import io.sallyport.controlplane.agents.JoinTokens;
import io.sallyport.controlplane.agents.LeaversTools;
import io.sallyport.controlplane.agents.Renewal;
import io.sallyport.controlplane.agents.WorkloadCertificates;
import io.sallyport.controlplane.agents.Workloads;
import io.sallyport.controlplane.approvals.Approvals;
import io.sallyport.controlplane.approvals.BreakGlass;
import io.sallyport.controlplane.approvals.Escalation;
import io.sallyport.controlplane.approvals.Grants;
import io.sallyport.controlplane.approvals.LeaversVotes;
import io.sallyport.controlplane.approvals.TicketDesk;
import io.sallyport.controlplane.audit.AuditLog;
import io.sallyport.controlplane.configuration.WorkloadSettings;
import io.sallyport.controlplane.events.ChainCheck;
import io.sallyport.controlplane.events.EventIntake;
import io.sallyport.controlplane.events.EventLog;
import io.sallyport.controlplane.events.EventQuery;
import io.sallyport.controlplane.events.RecordingArrivals;
import io.sallyport.controlplane.events.RecordingWatch;
import io.sallyport.controlplane.events.Retention;
import io.sallyport.controlplane.events.SignedExport;
import io.sallyport.controlplane.events.StoreSeal;
import io.sallyport.controlplane.events.Tallies;
import io.sallyport.controlplane.notify.Notifications;
import io.sallyport.controlplane.people.ApiTokens;
import io.sallyport.controlplane.people.ExternalPeople;
import io.sallyport.controlplane.people.Scopes;
import io.sallyport.controlplane.people.Sessions;
import io.sallyport.controlplane.people.Users;
import io.sallyport.controlplane.policy.AgentPolicyChecker;
import io.sallyport.controlplane.policy.Policies;
import io.sallyport.controlplane.policy.PolicySigner;
import io.sallyport.controlplane.sessions.CallSessions;
import io.sallyport.controlplane.siem.EventStream;
import io.sallyport.controlplane.signin.AssertionLedger;
import io.sallyport.controlplane.signin.SignIn;
import io.sallyport.controlplane.store.Database;
import io.sallyport.controlplane.store.StoreHealth;
import io.sallyport.controlplane.tls.CertificateAuthority;
import io.sallyport.controlplane.tls.CertificateFiles;
import io.sallyport.controlplane.tls.ServedCertificate;
import io.sallyport.controlplane.tls.ServerCertificate;
import io.sallyport.controlplane.web.Endpoint;
import io.sallyport.controlplane.web.Services;
import io.sallyport.controlplane.web.Web;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running control plane. {@link #start} opens it, {@link #close} ends it within five seconds. */
public final class ControlPlane implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ControlPlane.class);

    /** Once a minute: seventy million a day, for about a hundredth of a core. */
    private static final int EVENTS_WATCHED_AT_ONCE = 50_000;

    private final Database database;
    private final StoreHealth health;
    private final Web web;
    private final ConnectedAgents connected;
    private final Notifications notifications;
    private final List<EventStream> streams;
    private final EventIntake intake;
    private final ScheduledExecutorService timer;

    private ControlPlane(
            Database database,
            StoreHealth health,
            Web web,
            ConnectedAgents connected,
            Notifications notifications,
            List<EventStream> streams,
            EventIntake intake,
            ScheduledExecutorService timer) {
        this.intake = intake;
        this.streams = streams;
        this.notifications = notifications;
        this.database = database;
        this.health = health;
        this.web = web;
        this.connected = connected;
        this.timer = timer;
    }

    /** @throws StartFailure with one plain line */
    public static ControlPlane start(Settings settings) {
        return start(settings, Clock.systemUTC());
    }

    static ControlPlane start(Settings settings, Clock clock) {
        LOG.info("version {} starts, its data is in {}", Version.text(), settings.data());
        FirstStart.directory(settings.data());
        CertificateFiles given = settings.certificate();
        @Nullable ServedCertificate served = given == null ? null : new ServedCertificate(given);
        CertificateAuthority authority;
        KeyStore keys;
        PolicySigner signer;
        try {
            authority = CertificateAuthority.loadOrCreate(settings.data());
            keys = served != null
                    ? served.keys()
                    : ServerCertificate.loadOrCreate(settings.data(), authority, settings.names());
            signer = PolicySigner.loadOrCreate(settings.data());
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new StartFailure(
                    "the keys and certificates in " + settings.data() + " cannot be read or made: " + e.getMessage()
                            + "; restore them from the backup",
                    e);
        }
        Database database = Database.open(settings.data(), settings.database());
        try {
            return assemble(settings, clock, database, authority, keys, served, signer);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private static ControlPlane assemble(
            Settings settings,
            Clock clock,
            Database database,
            CertificateAuthority authority,
            KeyStore keys,
            @Nullable ServedCertificate served,
            PolicySigner signer) {
        AuditLog audit = new AuditLog(database, clock);
        Users users = new Users(
                database, audit, List.of(new LeaversVotes(audit, clock), new LeaversTools(audit, clock)), clock);
        Sessions sessions = new Sessions(database, clock);
        ApiTokens tokens = new ApiTokens(database, audit, clock);
        Policies policies = new Policies(database, audit, signer, new AgentPolicyChecker(), clock);
        FirstStart.policy(settings.policy(), policies);
        FirstStart.administrator(settings.data(), users, tokens);

        AssertionLedger assertions = new AssertionLedger(database, clock);
        SignIn signIn = new SignIn(
                settings.configuration(),
                authority.derive("sign-in under way"),
                new ExternalPeople(database, audit, clock),
                assertions,
                clock);
        Grants grants = new Grants(database, audit, clock);
        Approvals approvals = new Approvals(database, audit, grants, clock);
        Escalation escalation = new Escalation(settings.configuration().escalations(), database, audit, clock);
        StoreSeal seal = new StoreSeal(authority.derive("seal of stored recordings"), settings.data());
        EventLog events = new EventLog(database, seal, clock);
        ChainCheck check = new ChainCheck(database, seal);
        EventIntake intake = new EventIntake(events);
        EventQuery query = new EventQuery(database);
        Tallies tallies = new Tallies(database, clock);
        JoinTokens joinTokens = new JoinTokens(database, audit, () -> pin(authority, served), settings.names(), clock);
        WorkloadSettings workloadSettings = settings.configuration().workloads();
        ExpectedWorkloads expected = new ExpectedWorkloads(workloadSettings.expected(), database, events, audit, clock);
        IdentityTokens identities = new IdentityTokens(workloadSettings.oidc(), clock);
        WorkloadCertificates certificates =
                workloadSettings.withCertificates() ? new WorkloadCertificates(authority) : null;
        Credentials credentials = new Credentials(database, clock);
        Enrolment enrolment =
                new Enrolment(database, joinTokens, identities, certificates, events, audit, signer.publicKey(), clock);
        CallSessions callSessions = new CallSessions(database, audit, clock);
        ConnectedAgents connected = new ConnectedAgents(policies, approvals, callSessions);
        ChannelServices channels = new ChannelServices(
                database,
                events,
                intake,
                new RecordingArrivals(database, seal),
                new TicketDesk(database, approvals, grants, clock),
                approvals,
                policies,
                connected,
                credentials,
                clock);
        if (settings.database() == null) {
            channels.nobodyIsConnected();
        }
        ScheduledExecutorService timer = Executors.newScheduledThreadPool(2, run -> {
            Thread thread = new Thread(run, "timer");
            thread.setDaemon(true);
            return thread;
        });
        StoreHealth health = new StoreHealth(database);
        Web web = new Web(
                new Services(
                        new Services.Common(
                                settings.data(),
                                database,
                                audit,
                                new Scopes(database),
                                health,
                                settings.configuration().limits(),
                                clock),
                        new Services.People(users, sessions, tokens, signIn),
                        new Services.Admission(
                                joinTokens,
                                new DeviceLogins(database, joinTokens, audit, clock),
                                enrolment,
                                new Renewal(database, credentials, identities, certificates, clock),
                                credentials),
                        new Services.Fleet(channels, connected, new Workloads(database, query, audit, clock)),
                        new Services.Recordings(
                                events,
                                query,
                                callSessions,
                                check,
                                new SignedExport(database, check, signer, clock),
                                tallies),
                        new Services.Decisions(
                                approvals, grants, new BreakGlass(database, approvals, events, audit, clock)),
                        policies),
                settings.host(),
                settings.port(),
                settings.trustedProxies(),
                authority.certificate(),
                keys,
                ServerCertificate.storePassword(),
                timer);
        Notifications notifications = new Notifications(settings.configuration(), approvals, database, clock);
        database.notices().listen(notifications::on);
        database.notices().listen(connected::on);
        database.notices().start();
        List<EventStream> streams = settings.configuration().streams().stream()
                .map(stream -> new EventStream(stream, database, query, audit, clock))
                .toList();
        ControlPlane controlPlane =
                new ControlPlane(database, health, web, connected, notifications, streams, intake, timer);
        controlPlane.every(1, "expiry of approvals", approvals::expireDue);
        controlPlane.every(1, "escalation of approvals", escalation::look);
        controlPlane.every(5, "watch over expected workloads", expected::look);
        Retention retention = new Retention(database, seal, events, audit, policies::retain, clock);
        controlPlane.every(600, "sweep", () -> {
            sessions.sweep();
            assertions.sweep();
            tallies.sweep();
            retention.sweep();
            database.notices().sweep();
        });
        if (served != null) {
            controlPlane.every(1, "look at the certificate's files", () -> served.look(web::serve));
        }
        RecordingWatch watch = new RecordingWatch(database, check, events, EVENTS_WATCHED_AT_ONCE);
        controlPlane.every(60, "watch over stored recordings", watch::look);
        try {
            web.start();
            streams.forEach(EventStream::start);
        } catch (RuntimeException e) {
            controlPlane.close();
            throw e;
        }
        return controlPlane;
    }

    /** What agents are to trust: the authority of the given certificate where it names one, else our own. */
    private static String pin(CertificateAuthority authority, @Nullable ServedCertificate served) {
        String pin = served == null ? null : served.pin();
        return pin == null ? authority.pin() : pin;
    }

    private void every(long seconds, String what, Runnable work) {
        RepeatedFault repeated = new RepeatedFault(InstantSource.system());
        var unused = timer.scheduleWithFixedDelay(
                () -> {
                    try {
                        work.run();
                    } catch (RuntimeException e) {
                        repeated.tell(e, fault -> LOG.warn("{} failed, trying again: {}", what, fault));
                    }
                },
                seconds,
                seconds,
                TimeUnit.SECONDS);
    }

    /** The port that is open. */
    public int port() {
        return web.port();
    }

    /** Every HTTP route with the role that it demands. */
    public List<Endpoint> endpoints() {
        return web.endpoints();
    }

    @Override
    public void close() {
        connected.closeAll();
        timer.shutdownNow();
        notifications.close();
        streams.forEach(EventStream::close);
        web.close();
        intake.close();
        health.close();
        database.close();
    }
}
