package io.sallyport.core.policy.load;

import io.sallyport.core.command.Target;
import io.sallyport.core.policy.Mode;
import io.sallyport.core.policy.match.NamePattern;
import io.sallyport.core.policy.rule.BodyPlace;
import io.sallyport.core.policy.rule.GuardRule;
import io.sallyport.core.policy.rule.MaskRule;
import io.sallyport.core.policy.rule.Policy;
import io.sallyport.core.policy.rule.Scope;
import io.sallyport.core.policy.rule.Then;
import io.sallyport.core.policy.rule.condition.Condition;
import io.sallyport.core.policy.rule.condition.Fact;
import io.sallyport.core.policy.rule.condition.FactCondition;
import io.sallyport.core.policy.rule.condition.RowsCondition;
import io.sallyport.core.policy.rule.condition.StatusCondition;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds rules that no call could ever meet. A rule that looks like protection and is none is worse than no rule, so the file is
 * refused.
 */
final class NeverFires {

    private final Policy policy;
    private final Problems problems;

    private NeverFires(Policy policy, Problems problems) {
        this.policy = policy;
        this.problems = problems;
    }

    static void check(Policy policy, Problems problems) {
        NeverFires check = new NeverFires(policy, problems);
        for (int i = 0; i < policy.guards().size(); i++) {
            check.guard(policy.guards().get(i), "guard[" + i + "]");
        }
        for (int i = 0; i < policy.masks().size(); i++) {
            check.mask(policy.masks().get(i), i);
        }
    }

    private void guard(GuardRule rule, String path) {
        boolean statement = has(rule, Condition.Subject.STATEMENT);
        boolean request = has(rule, Condition.Subject.REQUEST);
        if (statement && request) {
            never(rule, path, "its keys speak of statements and of HTTP requests, and no call is both");
        } else if (statement && !reaches(rule.scope(), Target.Protocol.JDBC)) {
            never(rule, path, "its keys speak of statements, its target is HTTP");
        } else if (request && !reaches(rule.scope(), Target.Protocol.HTTP)) {
            never(rule, path, "its keys speak of HTTP requests, its target is a database");
        }
        for (String why : Contradiction.in(rule)) {
            never(rule, path, why);
        }
        if (asks(rule, Fact.COPIES_SENSITIVE, true)
                && policy.masks().stream().noneMatch(m -> !m.columns().isEmpty())) {
            never(rule, path, "copiesSensitive needs a mask with columns, and the policy has none");
        }
        if (asks(rule, Fact.INFERENCE, true)
                && policy.masks().stream().noneMatch(m -> !m.columns().isEmpty())) {
            never(rule, path, "inference needs a mask with columns, and the policy has none");
        }
        lateConditions(rule, path);
        overrides(rule, path);
    }

    private void lateConditions(GuardRule rule, String path) {
        for (Condition condition : rule.when()) {
            boolean rows = condition instanceof RowsCondition;
            boolean status = condition instanceof StatusCondition;
            if ((rows || status) && rule.then() == Then.ALLOW) {
                never(rule, path, condition.key() + " is known after the call was sent, when nothing is left to allow");
            }
            if (status && rule.then() == Then.APPROVE) {
                never(rule, path, "an answer that has arrived cannot wait for people; use deny or alert");
            }
            if (condition instanceof RowsCondition counted
                    && counted.counted().changed()
                    && asks(rule, Fact.WRITES, false)) {
                never(rule, path, "rows are changed by writes only, and the rule wants writes: false");
            }
        }
    }

    private void overrides(GuardRule rule, String path) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < rule.override().size(); i++) {
            String name = rule.override().get(i);
            String at = path + ".override[" + i + "]";
            Optional<GuardRule> other =
                    policy.guards().stream().filter(g -> g.name().equals(name)).findFirst();
            if (other.isEmpty()) {
                List<String> names =
                        policy.guards().stream().map(GuardRule::name).toList();
                problems.add(
                        rule.line(),
                        at,
                        "no guard is named '" + Problem.shown(name) + "'" + Problem.suggestion(name, names));
            } else if (other.get().then() == Then.ALLOW || other.get().then() == Then.ALERT) {
                problems.add(rule.line(), at, "'" + name + "' refuses nothing, so there is nothing to override");
            } else if (!meet(rule, other.get())) {
                problems.add(rule.line(), at, "'" + name + "' is about other targets, so the two never meet");
            }
            if (!seen.add(name)) {
                problems.add(rule.line(), at, "'" + name + "' is named twice");
            }
        }
    }

    /** Whether one call can meet both rules, as far as protocols tell; target patterns of one protocol can always overlap. */
    private boolean meet(GuardRule a, GuardRule b) {
        for (Target.Protocol protocol : List.of(Target.Protocol.JDBC, Target.Protocol.HTTP)) {
            if (speaksOf(a, protocol) && speaksOf(b, protocol)) {
                return true;
            }
        }
        return false;
    }

    private boolean speaksOf(GuardRule rule, Target.Protocol protocol) {
        Condition.Subject other =
                protocol == Target.Protocol.JDBC ? Condition.Subject.REQUEST : Condition.Subject.STATEMENT;
        return reaches(rule.scope(), protocol) && !has(rule, other);
    }

    private void mask(MaskRule rule, int index) {
        String path = "mask[" + index + "]";
        if (!rule.columns().isEmpty() && !reaches(rule.scope(), Target.Protocol.JDBC)) {
            problems.add(rule.line(), path + ".columns", "this would never mask: the rule's target is HTTP");
        }
        if (!rule.bodies().isEmpty() && !reaches(rule.scope(), Target.Protocol.HTTP)) {
            problems.add(rule.line(), path + ".body", "this would never mask: the rule's target is a database");
        }
        for (BodyPlace place : rule.bodies()) {
            String target = place.target();
            if (target != null && !reaches(new Scope(List.of(target)), Target.Protocol.HTTP)) {
                problems.add(rule.line(), path + ".body", "this would never mask: '" + target + "' is a database");
            }
            if (target != null
                    && !rule.scope().everywhere()
                    && !rule.scope().targets().contains(target)) {
                problems.add(
                        rule.line(),
                        path + ".body",
                        "this would never mask: '" + target + "' is not a target of the rule");
            }
        }
        for (int i = 0; i < rule.columns().size(); i++) {
            shadow(rule, index, i);
        }
    }

    private void shadow(MaskRule rule, int index, int column) {
        NamePattern pattern = rule.columns().get(column);
        for (int before = 0; before < index; before++) {
            MaskRule earlier = policy.masks().get(before);
            boolean always = earlier.unless().isEmpty() && earlier.effectiveMode(policy.mode()) == Mode.ENFORCE;
            boolean covers = earlier.scope().everywhere() || earlier.scope().equals(rule.scope());
            if (always && covers && earlier.columns().stream().anyMatch(c -> c.covers(pattern))) {
                problems.add(
                        rule.line(),
                        "mask[" + index + "].columns[" + column + "]",
                        "this would never mask: '" + earlier.name() + "' stands before it and covers that column");
                return;
            }
        }
    }

    private void never(GuardRule rule, String path, String why) {
        problems.add(rule.line(), path, "the rule could never fire: " + why);
    }

    private static boolean has(GuardRule rule, Condition.Subject subject) {
        return rule.when().stream().anyMatch(c -> c.subject() == subject);
    }

    private static boolean asks(GuardRule rule, Fact fact, boolean wanted) {
        return rule.when().contains(new FactCondition(fact, wanted));
    }

    private boolean reaches(Scope scope, Target.Protocol protocol) {
        return new ScopeReader(policy.targets()).reaches(scope, protocol);
    }
}
