package io.sallyport.controlplane.policy;

import io.sallyport.core.policy.decide.CompiledPolicy;
import io.sallyport.core.policy.rule.GuardRule;
import io.sallyport.core.policy.rule.Policy;
import java.util.Set;
import java.util.TreeSet;

/**
 * The guards that a dry run cannot try: how fast a process made calls, what its own book of shapes held, what an answer brought and the values that
 * went with a call are not in the record, or not as they were. Deciding them all the same would be a guess.
 */
final class Untested {

    private static final Set<String> KEYS =
            Set.of("rate", "newShape", "rows", "status", "header", "params", "detect", "query");

    private Untested() {}

    static Set<String> rules(CompiledPolicy compiled) {
        Set<String> names = new TreeSet<>();
        compiled.policy().guards().stream().filter(Untested::is).forEach(guard -> names.add(guard.name()));
        return names;
    }

    /** The same policy without them. */
    static CompiledPolicy without(CompiledPolicy compiled) {
        Policy policy = compiled.policy();
        return new CompiledPolicy(
                new Policy(
                        policy.mode(),
                        policy.defaults(),
                        policy.keys(),
                        policy.targets(),
                        policy.detectors(),
                        policy.tls(),
                        policy.masks(),
                        policy.guards().stream().filter(guard -> !is(guard)).toList(),
                        policy.recording(),
                        policy.allowUnproven(),
                        policy.connectAllow()),
                compiled.version());
    }

    private static boolean is(GuardRule guard) {
        return guard.when().stream().anyMatch(condition -> KEYS.contains(condition.key()));
    }
}
