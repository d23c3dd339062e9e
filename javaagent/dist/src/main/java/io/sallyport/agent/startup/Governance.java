package io.sallyport.agent.startup;

import io.sallyport.core.hold.ApprovalDesk;
import io.sallyport.core.identity.IdentitySource;
import io.sallyport.core.policy.PolicySource;
import io.sallyport.core.record.EventSink;
import io.sallyport.core.verdict.StoppedSessions;
import io.sallyport.weaving.Coverage;
import io.sallyport.weaving.tls.RelayTls;

/**
 * Where policy, identity and approvals come from and where events go. Three kinds: a control plane, a policy file, or neither.
 */
interface Governance {

    static Governance of(AgentOptions options) {
        if (options.controlPlane() != null) {
            return new ControlPlaneGovernance(options, options.controlPlane());
        }
        return options.policy() != null
                ? FileGovernance.ofFile(options, options.policy())
                : FileGovernance.unconfigured(options);
    }

    PolicySource policies();

    IdentitySource identities();

    EventSink events();

    ApprovalDesk approvals();

    /** Sessions that people have stopped. */
    StoppedSessions stopped();

    /** TLS to relays. */
    default RelayTls relays() {
        return RelayTls.NONE;
    }

    /** Whether a failure at start-up must stop the JVM. */
    boolean enforcing();

    /** Takes note of a change of coverage. Never blocks. */
    void coverageChanged(Coverage coverage);

    /** Begins background work; called once everything is woven. */
    void start();

    /** Ends it; takes at most 5 s. */
    void stop();
}
