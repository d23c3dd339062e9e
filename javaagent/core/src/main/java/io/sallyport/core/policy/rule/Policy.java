package io.sallyport.core.policy.rule;

import io.sallyport.core.mask.detect.Detectors;
import io.sallyport.core.policy.Mode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A policy file that was read and found valid. Immutable.
 *
 * @param detectors the built-in ones and the policy's own
 */
public record Policy(
        Mode mode,
        Defaults defaults,
        Map<String, KeyEntry> keys,
        List<TargetEntry> targets,
        Detectors detectors,
        List<TlsEntry> tls,
        List<MaskRule> masks,
        List<GuardRule> guards,
        RecordSettings recording,
        Set<String> allowUnproven,
        Set<String> connectAllow) {

    public Policy {
        keys = Map.copyOf(keys);
        targets = List.copyOf(targets);
        tls = List.copyOf(tls);
        masks = List.copyOf(masks);
        guards = List.copyOf(guards);
        allowUnproven = Set.copyOf(allowUnproven);
        connectAllow = Set.copyOf(connectAllow);
    }
}
