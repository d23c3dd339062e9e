package io.sallyport.agent.startup;

import io.sallyport.core.hold.ApprovalDesk;
import io.sallyport.core.identity.IdentitySource;
import io.sallyport.core.policy.Mode;
import io.sallyport.core.policy.PolicyLoader;
import io.sallyport.core.policy.PolicySnapshot;
import io.sallyport.core.policy.PolicySource;
import io.sallyport.core.policy.shape.ShapeBook;
import io.sallyport.core.record.EventSink;
import io.sallyport.core.verdict.StoppedSessions;
import io.sallyport.link.ControlPlaneLink;
import io.sallyport.link.LinkException;
import io.sallyport.link.LinkOptions;
import io.sallyport.link.policy.OnColdStart;
import io.sallyport.link.policy.PolicyHolder;
import io.sallyport.protocol.AgentMessage;
import io.sallyport.weaving.Coverage;
import io.sallyport.weaving.tls.RelayTls;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Everything comes from and goes to a control plane. */
final class ControlPlaneGovernance implements Governance {

    private final PolicyHolder policies;
    private final ControlPlaneLink link;
    private final ShapeBook shapes;
    private volatile @Nullable Coverage covered;

    ControlPlaneGovernance(AgentOptions options, String controlPlane) {
        shapes = new ShapeBook(new FileShapes(options.spool()));
        OnColdStart then = options.observeOnColdStart() ? OnColdStart.OBSERVE : OnColdStart.DENY;
        policies = PolicyHolder.coldStart(options.coldStartWait(), then);
        LinkOptions linkOptions = new LinkOptions(
                controlPlane,
                new LinkOptions.Self(options.workload(), options.labels(), AgentVersion.current()),
                new LinkOptions.Admission(null, options.tokenFile(), options.caFile()),
                new LinkOptions.Spool(options.spool(), options.spoolBytes(), options.recordingKey()));
        try {
            link = ControlPlaneLink.open(linkOptions, this::install, line -> System.err.println("sallyport: " + line));
        } catch (LinkException e) {
            throw new StartupException(String.valueOf(e.getMessage()), e);
        }
    }

    private void install(long version, String yaml) throws Exception {
        PolicySnapshot snapshot =
                PolicyLoader.load(yaml, "policy version " + version, new LocalKeys(), version, shapes);
        policies.set(snapshot);
        Coverage known = covered;
        if (known != null) {
            // It says in which mode that is, too.
            coverageChanged(known);
        }
    }

    @Override
    public PolicySource policies() {
        return policies;
    }

    @Override
    public IdentitySource identities() {
        return link.identity()::get;
    }

    @Override
    public EventSink events() {
        return link.events();
    }

    @Override
    public ApprovalDesk approvals() {
        return link.approvals();
    }

    @Override
    public StoppedSessions stopped() {
        return link.stopped();
    }

    @Override
    public RelayTls relays() {
        return (connected, relay) -> link.relays().layer(connected, relay.host(), relay.port());
    }

    @Override
    public boolean enforcing() {
        return true;
    }

    @Override
    public synchronized void coverageChanged(Coverage coverage) {
        covered = coverage;
        List<AgentMessage.Component> components = new ArrayList<>();
        for (Coverage.Entry e : coverage.entries()) {
            components.add(
                    new AgentMessage.Component(e.module(), e.type(), e.state().name(), e.reason()));
        }
        String mode = policies.present()
                ? policies.current().mode().name().toLowerCase(Locale.ROOT)
                : Mode.ENFORCE.name().toLowerCase(Locale.ROOT);
        link.reportCoverage(new AgentMessage.CoverageReport(mode, components));
    }

    @Override
    public void start() {
        link.start();
    }

    @Override
    public void stop() {
        shapes.save();
        link.close();
    }
}
