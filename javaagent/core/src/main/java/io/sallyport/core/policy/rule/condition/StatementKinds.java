package io.sallyport.core.policy.rule.condition;

import io.sallyport.core.sql.StatementKind;
import java.util.List;

/** The kinds as a list, since {@code values()} copies at each call. */
final class StatementKinds {
    static final List<StatementKind> ALL = List.of(StatementKind.values());

    private StatementKinds() {}
}
