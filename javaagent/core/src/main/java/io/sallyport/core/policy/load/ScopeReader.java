package io.sallyport.core.policy.load;

import io.sallyport.core.command.Target;
import io.sallyport.core.policy.match.TargetPattern;
import io.sallyport.core.policy.rule.Scope;
import io.sallyport.core.policy.rule.TargetEntry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The {@code target} key of a rule: one declared name, or a list of them. */
final class ScopeReader {

    private final Map<String, TargetEntry> declared = new LinkedHashMap<>();

    ScopeReader(List<TargetEntry> targets) {
        targets.forEach(t -> declared.put(t.name(), t));
    }

    Scope read(Section rule) {
        List<String> names = rule.read("target", this::declared);
        return names.isEmpty() ? Scope.EVERYWHERE : new Scope(names);
    }

    private String declared(String name) {
        if (!declared.containsKey(name)) {
            throw new IllegalArgumentException("no target is named '" + Problem.shown(name) + "'"
                    + (declared.isEmpty() ? "; none is declared" : Problem.suggestion(name, declared.keySet())));
        }
        return name;
    }

    /** Of all targets that the scope names; none for a scope without targets. */
    List<TargetPattern> patterns(Scope scope) {
        return scope.targets().stream()
                .map(declared::get)
                .filter(Objects::nonNull)
                .flatMap(t -> t.patterns().stream())
                .toList();
    }

    /** Whether a rule of this scope can meet calls of {@code protocol}. */
    boolean reaches(Scope scope, Target.Protocol protocol) {
        return scope.everywhere()
                || scope.targets().stream().map(declared::get).anyMatch(t -> t != null && t.protocol() == protocol);
    }
}
