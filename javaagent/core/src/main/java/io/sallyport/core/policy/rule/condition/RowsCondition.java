package io.sallyport.core.policy.rule.condition;

import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.sql.StatementKind;

/**
 * {@code rows}: more rows than a number are returned or changed. The number is not known when a statement is decided, so a rule with
 * this key acts later, and what it can still do depends on what it counts:
 *
 * <ul>
 *   <li>{@code returned}: while the result is read. The row after the last admitted one is not handed out; the result is closed and
 *       its reader gets the refusal. Up to there the application has the rows. {@code approve} holds the reader at that row.
 *   <li>{@code changed}, in a transaction: after the statement was executed and before it can be committed. A refusal is the
 *       caller's error, and the transaction can only be rolled back. {@code approve} holds the caller with the transaction open, so
 *       the database's locks are held as long.
 *   <li>{@code changed}, under autocommit: after it has become permanent. Nothing is undone; the caller gets an error that says so,
 *       which stops a program that would go on, and an alarm is raised. {@code approve} refuses, since there is nothing left to
 *       approve. A rule with {@code unboundedWrite} acts before.
 * </ul>
 *
 * <p>Where changed rows cannot be counted (several statements in one text, a write inside a query) the answer here is {@link
 * Truth#UNKNOWN}, and a rule that restricts acts before the statement is sent.
 *
 * @param counted what is counted
 * @param over the rule matches beyond this many rows
 */
public record RowsCondition(Counted counted, long over) implements TextCondition {
    /** What is counted, and over what. */
    public enum Counted {
        /** Rows of one result set that the application moved to. */
        RETURNED,
        /** Rows changed by one statement, or by one batch. */
        CHANGED_BY_STATEMENT,
        /** Rows changed since the transaction began by all statements that meet the rule's other keys. */
        CHANGED_IN_TRANSACTION;

        public boolean changed() {
            return this != RETURNED;
        }
    }

    @Override
    public String key() {
        return "rows";
    }

    /** Whether the statement is of the kind that is counted; the number itself is asked for later. */
    @Override
    public Truth judge(SqlAnalysis analysis, Sensitivity sensitivity) {
        if (!counted.changed()) {
            return Truth.YES;
        }
        if (!analysis.facts().writes()) {
            return Truth.NO;
        }
        boolean hidden = analysis.kinds().contains(StatementKind.READ)
                && !analysis.lineage().items().isEmpty();
        return analysis.facts().multi() || hidden ? Truth.UNKNOWN : Truth.YES;
    }

    /** For people: {@code more than 1000 rows would be returned}. */
    public String excess() {
        return switch (counted) {
            case RETURNED -> "the result has more than " + over + " rows, which is as many as the policy lets out";
            case CHANGED_BY_STATEMENT ->
                "the statement changed more than " + over + " rows, which is as many as the policy allows";
            case CHANGED_IN_TRANSACTION ->
                "the transaction changed more than " + over + " rows, which is as many as the policy allows";
        };
    }
}
