package io.sallyport.core.verdict;

import io.sallyport.core.command.Endpoint;
import io.sallyport.core.command.HttpCommand;
import io.sallyport.core.command.Target;
import io.sallyport.core.policy.Mode;
import io.sallyport.core.policy.PolicySnapshot;
import io.sallyport.core.policy.PolicySnapshot.RecordLevel;
import io.sallyport.core.policy.PolicySource;
import io.sallyport.core.policy.TlsRequirement;
import io.sallyport.core.record.Recorder;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the policy in force says beside its decisions, and what is assumed where it cannot be asked. Thread-safe. */
final class PolicyAnswers {

    /** What is assumed where a policy cannot even be asked. */
    private static final TlsRequirement STRICTEST =
            new TlsRequirement(TlsRequirement.Level.VERIFY_FULL, "TLSv1.2", List.of(), Set.of());

    private final PolicySource policies;
    private final Recorder recorder;

    PolicyAnswers(PolicySource policies, Recorder recorder) {
        this.policies = policies;
        this.recorder = recorder;
    }

    boolean asksForBody(HttpCommand command) {
        return ask(p -> p.asksForBody(command), true, "whether a rule asks for a request's body");
    }

    Set<String> allowedConnectSettings() {
        return ask(PolicySnapshot::allowedConnectSettings, Set.of(), "the connection settings that are admitted");
    }

    Set<String> allowedUnproven() {
        return ask(PolicySnapshot::allowUnproven, Set.of(), "the unproven drivers that are admitted");
    }

    private <T> T ask(Function<PolicySnapshot, T> question, T otherwise, String what) {
        try {
            return question.apply(policies.current());
        } catch (Throwable defect) {
            recorder.alarm("could not be determined: " + what + ": " + Defects.describe(defect));
            return otherwise;
        }
    }

    TlsRequirement tls(Target target) {
        PolicySnapshot policy = null;
        try {
            policy = policies.current();
            TlsRequirement required = policy.tls(target);
            // A policy in observe mode changes nothing, so a driver's settings are not raised either.
            return policy.mode() == Mode.OBSERVE && required.demandsEncryption()
                    ? new TlsRequirement(
                            TlsRequirement.Level.OBSERVE, required.minVersion(), required.roots(), required.exempt())
                    : required;
        } catch (Throwable defect) {
            recorder.alarm("the TLS requirement of a target could not be determined: " + Defects.describe(defect));
            return policy != null && policy.mode() == Mode.OBSERVE ? TlsRequirement.NONE : STRICTEST;
        }
    }

    @Nullable
    Object tlsDemands() {
        PolicySnapshot policy = policies.known();
        return policy == null ? null : policy.tlsDemands();
    }

    Set<String> hostsFor(Target target) {
        return ask(p -> p.hostsFor(target), Set.of(), "under which names the policy knows a database");
    }

    boolean governs(Endpoint place) {
        PolicySnapshot policy = policies.known();
        return policy != null && policy.governs(place);
    }

    boolean listsAddress(Endpoint place) {
        PolicySnapshot policy = policies.known();
        return policy != null && policy.listsAddress(place);
    }

    /** As in {@link #tls}: a policy in observe mode changes nothing. */
    @Nullable
    Endpoint relay(Endpoint place) {
        PolicySnapshot policy = policies.known();
        return policy == null || policy.mode() == Mode.OBSERVE ? null : policy.relay(place);
    }

    boolean allowsSocket(String opener, Endpoint place) {
        PolicySnapshot policy = policies.known();
        return policy != null && policy.allowsSocket(opener, place);
    }

    /** Where statements that nothing was decided about leave no trace, neither do their transactions. */
    boolean isDecisionsOnly() {
        try {
            return policies.current().recordLevel() == RecordLevel.DECISIONS;
        } catch (Throwable defect) {
            return false;
        }
    }
}
