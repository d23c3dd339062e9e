package io.sallyport.core.policy.decide;

import io.sallyport.core.command.Command;
import io.sallyport.core.command.ConnectCommand;
import io.sallyport.core.command.HttpCommand;
import io.sallyport.core.command.SqlCommand;
import io.sallyport.core.identity.Identity;
import io.sallyport.core.policy.Mode;
import io.sallyport.core.policy.rule.GuardRule;
import io.sallyport.core.policy.rule.Then;
import io.sallyport.core.policy.rule.condition.CallRates;
import io.sallyport.core.policy.rule.condition.Condition;
import io.sallyport.core.policy.rule.condition.ConditionsOfRequests;
import io.sallyport.core.policy.rule.condition.DetectCondition;
import io.sallyport.core.policy.rule.condition.Fact;
import io.sallyport.core.policy.rule.condition.FactCondition;
import io.sallyport.core.policy.rule.condition.RateCondition;
import io.sallyport.core.policy.rule.condition.RowsCondition;
import io.sallyport.core.policy.rule.condition.Sensitivity;
import io.sallyport.core.policy.rule.condition.StatusCondition;
import io.sallyport.core.policy.rule.condition.TextCondition;
import io.sallyport.core.policy.rule.condition.Truth;
import io.sallyport.core.sql.SqlAnalysis;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A guard that can meet calls to one place. */
final class BoundGuard {

    final GuardRule rule;
    final Mode mode;
    private final BoundScope scope;
    private final Condition[] when;
    private final boolean speaksOfConnecting;
    private final @Nullable RowsCondition rows;
    private final @Nullable StatusCondition status;
    private final boolean detects;

    BoundGuard(GuardRule rule, BoundScope scope, Mode mode) {
        this.rule = rule;
        this.scope = scope;
        this.mode = mode;
        this.when = rule.when().toArray(new Condition[0]);
        this.rows = only(rule, RowsCondition.class);
        this.status = only(rule, StatusCondition.class);
        this.detects = only(rule, DetectCondition.class) != null;
        // Pools connect in the background; who must be asked is asked for statements and requests.
        this.speaksOfConnecting = rule.then() != Then.APPROVE && !rule.needsPayload();
    }

    private static <C> @Nullable C only(GuardRule rule, Class<C> type) {
        return rule.when().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElse(null);
    }

    /** Whether the guard can only be judged once the call has been answered. */
    boolean late() {
        return rows != null || status != null;
    }

    /** Whether it decides about masked values that are written where no mask stands. */
    boolean isAboutCopies() {
        return rule.then() != Then.ALERT
                && rule.when().stream()
                        .anyMatch(c -> c instanceof FactCondition fact && fact.fact() == Fact.COPIES_SENSITIVE);
    }

    /** Whether the guard must be judged now all the same, because what it counts will never be known. */
    boolean blind(Command command) {
        return rows != null
                && command instanceof SqlCommand sql
                && rows.judge(sql.analysis(), Sensitivity.NONE) == Truth.UNKNOWN;
    }

    boolean counts(RowsCondition.Counted what) {
        return rows != null && rows.counted() == what;
    }

    /** The number of rows that the guard lets by. */
    long most() {
        return rows == null ? Long.MAX_VALUE : rows.over();
    }

    boolean meets(int answer) {
        return status != null && status.holds(answer);
    }

    /** Why it objects, where its author does not say. */
    String complaint() {
        return rows == null ? "A policy rule forbids this call." : "By policy, " + rows.excess() + ".";
    }

    /** Whether the body of this request can make a difference; what else it takes to match may still be missing. */
    boolean asksForBody(HttpCommand command) {
        return detects && scope.covers(command) != Truth.NO && ConditionsOfRequests.hold(when, command);
    }

    /** Whether the guard cannot match a statement of this text, whoever sends it. */
    boolean isRuledOutBy(SqlAnalysis analysis, Sensitivity sensitivity) {
        for (Condition condition : when) {
            if (condition.subject() == Condition.Subject.REQUEST
                    || condition instanceof TextCondition text && text.judge(analysis, sensitivity) == Truth.NO) {
                return true;
            }
        }
        return false;
    }

    /** @param call {@code null} where nobody asks about it again */
    boolean matches(
            Command command, Identity identity, Instant now, Sensitivity sensitivity, @Nullable CallRates call) {
        if (command instanceof ConnectCommand && !speaksOfConnecting) {
            return false;
        }
        Truth all = scope.covers(command);
        if (all == Truth.NO) {
            return false;
        }
        for (Condition condition : when) {
            Truth truth = call != null && condition instanceof RateCondition rate
                    ? rate.judge(command, now, call)
                    : condition.judge(command, identity, now, sensitivity);
            if (truth == Truth.NO) {
                return false;
            }
            all = truth == Truth.UNKNOWN ? truth : all;
        }
        return all == Truth.YES || rule.then() != Then.ALLOW;
    }
}
