package io.sallyport.core.policy.load;

import io.sallyport.core.policy.rule.GuardRule;
import io.sallyport.core.policy.rule.condition.Condition;
import io.sallyport.core.policy.rule.condition.Fact;
import io.sallyport.core.policy.rule.condition.FactCondition;
import io.sallyport.core.policy.rule.condition.GroupsCondition;
import io.sallyport.core.policy.rule.condition.IdentityCondition;
import io.sallyport.core.policy.rule.condition.KindCondition;
import io.sallyport.core.policy.rule.condition.TablesCondition;
import io.sallyport.core.sql.StatementKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Keys of one {@code when} that no single call can meet together. */
final class Contradiction {

    /** What a statement of each kind always does; kinds that are left out promise nothing. */
    static Set<Fact> alwaysHeldBy(StatementKind kind) {
        return switch (kind) {
            case DROP -> EnumSet.of(Fact.DESTRUCTIVE, Fact.WRITES);
            case TRUNCATE -> EnumSet.of(Fact.DESTRUCTIVE, Fact.WRITES);
            case CREATE -> EnumSet.of(Fact.DDL, Fact.WRITES);
            case GRANT_REVOKE -> EnumSet.of(Fact.PRIVILEGE, Fact.WRITES);
            // ALTER SYSTEM is administration, no DDL.
            case INSERT, UPDATE, DELETE, MERGE, ALTER -> EnumSet.of(Fact.WRITES);
            default -> EnumSet.noneOf(Fact.class);
        };
    }

    private static final List<Fact> WRITING = List.of(Fact.DESTRUCTIVE, Fact.UNBOUNDED_WRITE, Fact.DDL, Fact.OPAQUE);

    private final List<Condition> when;
    private final List<String> found = new ArrayList<>();

    private Contradiction(GuardRule rule) {
        this.when = rule.when();
    }

    /** A sentence for each. */
    static List<String> in(GuardRule rule) {
        Contradiction contradiction = new Contradiction(rule);
        contradiction.facts();
        contradiction.when.forEach(contradiction::condition);
        return contradiction.found;
    }

    private void facts() {
        for (Fact fact : WRITING) {
            if (asks(fact, true) && asks(Fact.WRITES, false)) {
                found.add(fact.key() + " is always a write, and the rule wants writes: false");
            }
        }
    }

    private void condition(Condition condition) {
        if (condition instanceof KindCondition kinds) {
            for (Fact fact : Fact.values()) {
                if (asks(fact, false)
                        && kinds.kinds().stream()
                                .allMatch(kind -> alwaysHeldBy(kind).contains(fact))) {
                    found.add("statements of the kinds it names always have the fact " + fact.key()
                            + ", and the rule wants it false");
                }
            }
        } else if (condition instanceof TablesCondition tables) {
            if (!tables.write().isEmpty() && asks(Fact.WRITES, false)) {
                found.add("a table is written by writes only, and the rule wants writes: false");
            }
        } else if (condition instanceof IdentityCondition identity
                && Boolean.FALSE.equals(identity.verified())
                && when.stream().anyMatch(GroupsCondition.class::isInstance)) {
            found.add("groups come from a verified identity, and the rule wants verified: false");
        }
    }

    private boolean asks(Fact fact, boolean wanted) {
        return when.contains(new FactCondition(fact, wanted));
    }
}
