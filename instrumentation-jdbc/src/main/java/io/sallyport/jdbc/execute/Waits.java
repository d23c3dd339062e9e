package io.sallyport.jdbc.execute;

import io.sallyport.core.command.SqlCommand;
import io.sallyport.core.hold.Waiter;
import io.sallyport.core.verdict.Decision;
import io.sallyport.core.verdict.Gate;
import io.sallyport.core.verdict.Passage;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.jdbc.Jdbc;
import io.sallyport.jdbc.state.StatementState;

/** Callers of a statement that wait for people: until they are let go by a decision, a timeout, a cancel or a close. */
public final class Waits {
    private Waits() {}

    /** Something that may wait. */
    interface Waiting<T> {
        T with(Waiter waiter) throws RefusedException;
    }

    static <T> T by(StatementState state, Waiting<T> call) throws RefusedException {
        Waiter waiter = begin(state);
        try {
            return call.with(waiter);
        } finally {
            end(state, waiter);
        }
    }

    /** {@link #by} for the call that every statement makes: without a lambda that would have to be made each time. */
    static Passage admit(Gate gate, SqlCommand command, StatementState state) throws RefusedException {
        Waiter waiter = begin(state);
        try {
            return gate.admit(command, waiter);
        } finally {
            end(state, waiter);
        }
    }

    private static Waiter begin(StatementState state) {
        Waiter waiter = state.waiter();
        state.waiting().add(waiter);
        state.connection().waiting().add(waiter);
        if (state.isClosed()) {
            // Whoever closed it looked for waiters before this one came.
            waiter.giveUp("the statement or its connection is closed");
        }
        return waiter;
    }

    private static void end(StatementState state, Waiter waiter) {
        state.connection().waiting().remove(waiter);
        state.waiting().remove(waiter);
        state.doneWaiting(waiter);
    }

    /** An admitted statement turned out to do more than a rule allows. Inside another call nobody waits. */
    public static void exceeded(Passage passage, Decision decision, StatementState state) throws RefusedException {
        if (state.connection().inside() != null) {
            Jdbc.current().gate().exceeded(passage, decision, null);
            return;
        }
        by(state, waiter -> {
            Jdbc.current().gate().exceeded(passage, decision, waiter);
            return passage;
        });
    }
}
