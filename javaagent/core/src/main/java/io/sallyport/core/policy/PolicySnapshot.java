package io.sallyport.core.policy;

import io.sallyport.core.command.Command;
import io.sallyport.core.command.Endpoint;
import io.sallyport.core.command.HttpCommand;
import io.sallyport.core.command.SqlCommand;
import io.sallyport.core.command.Target;
import io.sallyport.core.identity.Identity;
import io.sallyport.core.mask.BodyMaskPlan;
import io.sallyport.core.mask.ColumnMaskPlan;
import io.sallyport.core.mask.detect.Detection;
import io.sallyport.core.mask.function.MaskingFunction;
import io.sallyport.core.policy.rule.condition.CallRates;
import io.sallyport.core.record.ValuePlan;
import io.sallyport.core.verdict.Decision;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A validated policy, ready for decisions. Immutable and thread-safe; does no I/O. */
public interface PolicySnapshot {

    /** Version as the control plane counts it; 0 for a file or a built-in policy. */
    long version();

    Mode mode();

    /** The most specific TLS requirement of a target. */
    TlsRequirement tls(Target target);

    /** Stands for all answers of {@link #tls}: as long as this is the same object, they are the same. */
    default Object tlsDemands() {
        return this;
    }

    /** Whether a call is refused ({@code true}, the default) when its event cannot be kept. */
    boolean refuseWhenRecordFull();

    /** Whether the event of a write has to survive a power failure before the write is sent. */
    default boolean recordSurvivesPower() {
        return false;
    }

    /** How much is written down. */
    RecordLevel recordLevel();

    /** What may be written down of a statement's values. */
    default ValuePlan recordedValues(SqlCommand command) {
        return ValuePlan.WITHHELD;
    }

    /** What must not be found in the path of a request to {@code target} that is written down, whoever makes it. */
    default Detection recordedPaths(Target target) {
        return Detection.NOTHING;
    }

    /** What must be done to the columns of a result before values of it are written down, whoever makes the call. */
    default ColumnMaskPlan recordedColumns(SqlCommand command) {
        return ColumnMaskPlan.NONE;
    }

    /** What must be done to an answer's body before a part of it is written down, whoever makes the call. */
    default BodyMaskPlan recordedBodies(HttpCommand command) {
        return BodyMaskPlan.NONE;
    }

    /**
     * What must be done to a request's body before a part of it is written down, whoever makes the call: what stands under a name that a mask is
     * about, or is found by one, is hashed.
     *
     * @param hash the same for the life of the process
     */
    default BodyMaskPlan recordedRequests(HttpCommand command, MaskingFunction hash) {
        return BodyMaskPlan.NONE;
    }

    /** Drivers that may be used although they are woven without having been proven against a live server. */
    default Set<String> allowUnproven() {
        return Set.of();
    }

    /** Connection settings that are refused unless they are named here, as {@code vendor:SETTING}. */
    default Set<String> allowedConnectSettings() {
        return Set.of();
    }

    /** Whether a rule that can meet this request looks at its body; asked before {@link #decide}, of a command without one. */
    default boolean asksForBody(HttpCommand command) {
        return false;
    }

    /** The hosts under which databases like {@code target} are declared, at its ports, whatever hosts it lists. */
    default Set<String> hostsFor(Target target) {
        return Set.of();
    }

    /** Whether a TCP connection to {@code place} is one to a declared target. */
    default boolean governs(Endpoint place) {
        return false;
    }

    /** Whether {@code place} is an address that the policy lists as one, of a service of HTTP. */
    default boolean listsAddress(Endpoint place) {
        return false;
    }

    /** The relay that connections to {@code place} go through; {@code null} where they go to the place itself. */
    default @Nullable Endpoint relay(Endpoint place) {
        return null;
    }

    /** Whether a connection to a governed place is admitted although no mediated driver or client opens it. */
    default boolean allowsSocket(String opener, Endpoint place) {
        return false;
    }

    /** Evaluates every rule. May throw on a defect; the {@link io.sallyport.core.verdict.Gate} turns that into a refusal. */
    Decision decide(Command command, Identity identity, Instant now);

    /** The same for a call that is, or was, decided more than once, and counts once where calls are counted. */
    default Decision decide(Command command, Identity identity, Instant now, CallRates call) {
        return decide(command, identity, now);
    }

    /**
     * The decision, where nothing in the policy could make it another one for another caller or at another time; {@code null} where something could,
     * or where that is not known at once. What {@link #decide} answers then is the same.
     */
    default @Nullable Decision decideByCommand(Command command) {
        return null;
    }

    /** Values of {@code record.level}. */
    enum RecordLevel {
        DECISIONS,
        STATEMENTS,
        FULL
    }
}
