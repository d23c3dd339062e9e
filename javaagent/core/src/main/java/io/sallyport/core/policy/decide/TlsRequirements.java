package io.sallyport.core.policy.decide;

import io.sallyport.core.command.Endpoint;
import io.sallyport.core.command.Target;
import io.sallyport.core.policy.TlsRequirement;
import io.sallyport.core.policy.match.TargetPattern;
import io.sallyport.core.policy.rule.Policy;
import io.sallyport.core.policy.rule.TargetEntry;
import io.sallyport.core.policy.rule.TlsEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the TLS requirement of a place: the most specific target wins, of equally specific ones the stricter. Where a URL lists
 * several hosts, each is looked up and the strictest counts, since the driver may connect to any of them.
 */
final class TlsRequirements {

    private final Policy policy;

    TlsRequirements(Policy policy) {
        this.policy = policy;
    }

    TlsRequirement of(Target place) {
        TlsRequirement named = ofHosts(place.aliases().isEmpty() ? place : place.withAliases(List.of()));
        // Aliases come from a name service, which must not be able to lower what a name is due.
        return place.aliases().isEmpty() ? named : stricter(named, ofHosts(place));
    }

    private TlsRequirement ofHosts(Target place) {
        if (place.endpoints().size() < 2) {
            return single(place);
        }
        TlsRequirement strictest = null;
        for (Endpoint endpoint : place.endpoints()) {
            TlsRequirement one = single(new Target(
                    place.protocol(),
                    place.vendor(),
                    List.of(endpoint),
                    place.database(),
                    place.url(),
                    place.aliases()));
            strictest = strictest == null ? one : stricter(strictest, one);
        }
        return strictest == null ? TlsRequirement.NONE : strictest;
    }

    /** From the place of each server that a relay stands before to where the relay listens. */
    Map<Endpoint, Endpoint> relays() {
        Map<Endpoint, Endpoint> relays = new HashMap<>();
        for (TlsEntry entry : policy.tls()) {
            Endpoint relay = entry.requirement().relay();
            for (TargetEntry target : policy.targets()) {
                if (relay != null && entry.scope().targets().contains(target.name())) {
                    for (TargetPattern pattern : target.patterns()) {
                        Endpoint place = pattern.place();
                        if (place != null) {
                            relays.put(place, relay);
                        }
                    }
                }
            }
        }
        return Map.copyOf(relays);
    }

    private TlsRequirement single(Target place) {
        TlsRequirement best = TlsRequirement.NONE;
        int specificity = -1;
        for (TlsEntry entry : policy.tls()) {
            int its = specificity(entry, place);
            if (its > specificity) {
                best = entry.requirement();
                specificity = its;
            } else if (its == specificity && its >= 0) {
                best = stricter(best, entry.requirement());
            }
        }
        return best;
    }

    /** -1: does not apply; 0: the entry for every target. */
    private int specificity(TlsEntry entry, Target place) {
        if (entry.scope().everywhere()) {
            return 0;
        }
        int best = -1;
        for (TargetEntry target : policy.targets()) {
            if (entry.scope().targets().contains(target.name())) {
                for (TargetPattern pattern : target.patterns()) {
                    if (pattern.matches(place)) {
                        best = Math.max(best, 1 + pattern.specificity());
                    }
                }
            }
        }
        return best;
    }

    private static TlsRequirement stricter(TlsRequirement a, TlsRequirement b) {
        int byLevel = a.level().compareTo(b.level());
        if (byLevel != 0) {
            return byLevel > 0 ? a : b;
        }
        int byVersion = a.minVersion().compareTo(b.minVersion());
        if (byVersion != 0) {
            return byVersion > 0 ? a : b;
        }
        return a.exempt().size() <= b.exempt().size() ? a : b;
    }
}
