package io.sallyport.core.policy.decide;

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
import io.sallyport.core.policy.Mode;
import io.sallyport.core.policy.PolicySnapshot;
import io.sallyport.core.policy.TlsRequirement;
import io.sallyport.core.policy.match.SocketAllowance;
import io.sallyport.core.policy.match.TargetPattern;
import io.sallyport.core.policy.rule.Policy;
import io.sallyport.core.policy.rule.TargetEntry;
import io.sallyport.core.policy.rule.condition.CallRates;
import io.sallyport.core.record.ValuePlan;
import io.sallyport.core.verdict.Decision;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A policy ready for decisions. What applies to a place is worked out at the first call to it and kept, so that a decision looks
 * only at rules that can matter.
 */
public final class CompiledPolicy implements PolicySnapshot {

    /** Beyond this, places (an HTTP client that talks to the whole internet) are worked out at each call. */
    private static final int MOST_PLACES = 4096;

    private final Policy policy;
    private final long version;
    private final TlsRequirements requirements;
    private final List<SocketAllowance> sockets;
    private final Map<Endpoint, Endpoint> relays;
    private final ConcurrentHashMap<Target, PlacePolicy> databases = new ConcurrentHashMap<>();
    /** By host and port: what applies to a path is asked at each call, and there is no end of paths. */
    private final ConcurrentHashMap<List<Endpoint>, PlacePolicy> services = new ConcurrentHashMap<>();

    private final ConcurrentHashMap<List<Endpoint>, TlsRequirement> demanded = new ConcurrentHashMap<>();

    public CompiledPolicy(Policy policy, long version) {
        this.policy = policy;
        this.version = version;
        this.requirements = new TlsRequirements(policy);
        this.relays = requirements.relays();
        this.sockets = policy.connectAllow().stream()
                .filter(SocketAllowance::isOne)
                .map(SocketAllowance::parse)
                .toList();
    }

    /** What the file says. */
    public Policy policy() {
        return policy;
    }

    PlacePolicy place(Target target) {
        return target.protocol() == Target.Protocol.HTTP
                ? place(target, services, target.endpoints())
                : place(target, databases, target);
    }

    private <K> PlacePolicy place(Target target, ConcurrentHashMap<K, PlacePolicy> places, K key) {
        PlacePolicy known = places.get(key);
        if (known != null) {
            return known;
        }
        PlacePolicy made = new PlacePolicy(policy, new PlaceScopes(policy, target));
        if (places.size() < MOST_PLACES) {
            places.put(key, made);
        }
        return made;
    }

    @Override
    public long version() {
        return version;
    }

    @Override
    public Mode mode() {
        return policy.mode();
    }

    /** Asked for each request in plain text, but only when a connection to a database is opened. */
    @Override
    public TlsRequirement tls(Target target) {
        if (target.protocol() != Target.Protocol.HTTP) {
            return requirements.of(target);
        }
        TlsRequirement known = demanded.get(target.endpoints());
        if (known == null) {
            known = requirements.of(target);
            if (demanded.size() < MOST_PLACES) {
                demanded.put(target.endpoints(), known);
            }
        }
        return known;
    }

    @Override
    public boolean refuseWhenRecordFull() {
        return policy.recording().refuseWhenFull();
    }

    @Override
    public boolean recordSurvivesPower() {
        return policy.recording().survivesPower();
    }

    @Override
    public RecordLevel recordLevel() {
        return policy.recording().level();
    }

    @Override
    public ValuePlan recordedValues(SqlCommand command) {
        return place(command.target()).masks().recordedValues(command.analysis());
    }

    @Override
    public Detection recordedPaths(Target target) {
        return place(target).masks().detected();
    }

    @Override
    public ColumnMaskPlan recordedColumns(SqlCommand command) {
        return place(command.target()).masks().recordedColumns(command);
    }

    @Override
    public BodyMaskPlan recordedBodies(HttpCommand command) {
        return place(command.target()).masks().recordedBodies(command);
    }

    @Override
    public BodyMaskPlan recordedRequests(HttpCommand command, MaskingFunction hash) {
        return place(command.target()).masks().recordedRequests(command, hash);
    }

    @Override
    public Set<String> allowUnproven() {
        return policy.allowUnproven();
    }

    @Override
    public Set<String> allowedConnectSettings() {
        return policy.connectAllow();
    }

    @Override
    public boolean asksForBody(HttpCommand command) {
        return place(command.target()).asksForBody(command);
    }

    @Override
    public boolean governs(Endpoint place) {
        for (TargetEntry target : policy.targets()) {
            for (TargetPattern pattern : target.patterns()) {
                if (pattern.listensAt(place)) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public boolean listsAddress(Endpoint place) {
        for (TargetEntry target : policy.targets()) {
            for (TargetPattern pattern : target.patterns()) {
                if (pattern.listsAddress(place)) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public Set<String> hostsFor(Target target) {
        Set<String> hosts = new LinkedHashSet<>();
        for (TargetEntry entry : policy.targets()) {
            for (TargetPattern pattern : entry.patterns()) {
                hosts.addAll(pattern.hostsFor(target));
            }
        }
        return hosts;
    }

    @Override
    public @Nullable Endpoint relay(Endpoint place) {
        return relays.get(place);
    }

    @Override
    public boolean allowsSocket(String opener, Endpoint place) {
        for (SocketAllowance allowance : sockets) {
            if (allowance.admits(opener, place)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public @Nullable Decision decideByCommand(Command command) {
        return place(command.target()).decideByCommand(command);
    }

    @Override
    public Decision decide(Command command, Identity identity, Instant now) {
        return place(command.target()).decide(command, identity, now, null);
    }

    @Override
    public Decision decide(Command command, Identity identity, Instant now, CallRates call) {
        return place(command.target()).decide(command, identity, now, call);
    }
}
