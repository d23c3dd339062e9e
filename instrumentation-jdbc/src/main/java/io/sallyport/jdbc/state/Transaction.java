package io.sallyport.jdbc.state;

import io.sallyport.core.command.SqlCommand;
import io.sallyport.core.hold.HoldRequest;
import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.sql.TransactionStep;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.core.verdict.TransactionTally;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The transaction of a connection, as far as limits on changed rows and approvals at commit need to know it: how many rows, what its
 * commit must wait for, and whether it can still be committed. Thread-safe.
 */
public final class Transaction {
    private final TransactionTally tally = new TransactionTally();
    private final TransactionWork work = new TransactionWork();
    private final List<Debt> debts = new ArrayList<>();
    private volatile boolean owes;
    private volatile int owing;
    private volatile int committing;
    private volatile @Nullable RefusedException spoilt;

    public TransactionTally tally() {
        return tally;
    }

    /** What it has done so far. */
    public TransactionWork work() {
        return work;
    }

    /** It has done what the policy refuses, so it can only be rolled back. */
    public void spoil(RefusedException by) {
        spoilt = by;
    }

    /** Whoever wants to go on in a spoilt transaction, or to commit it, gets the refusal that spoilt it. */
    public void demandSound() throws RefusedException {
        RefusedException refusal = spoilt;
        if (refusal != null) {
            throw new RefusedException(refusal.refusal());
        }
    }

    public boolean isSpoilt() {
        return spoilt != null;
    }

    /**
     * A statement that people have to approve before it is committed.
     *
     * @param rows that it changed; -1 where the driver did not say
     */
    public record Debt(SqlCommand command, HoldRequest request, long rows, long since) {}

    public synchronized void owe(Debt debt) {
        debts.add(debt);
        owes = true;
    }

    public boolean owes() {
        return owes;
    }

    /**
     * A statement that people have to approve before it is committed is about to be sent; {@link #sent} must follow.
     *
     * @return {@code false}: another thread is committing what they were asked about, and this would slip in
     */
    @SuppressWarnings("NonAtomicOperationOnVolatileField") // written under the lock, read without
    public synchronized boolean sending() {
        if (committing > 0) {
            return false;
        }
        owing++;
        return true;
    }

    /** The same where it may slip in: the policy only observes. */
    @SuppressWarnings("NonAtomicOperationOnVolatileField")
    public synchronized void joining() {
        owing++;
    }

    /** It has run, or failed, and what it owes is noted. */
    @SuppressWarnings("NonAtomicOperationOnVolatileField")
    public synchronized void sent() {
        owing--;
    }

    /**
     * The transaction is about to be committed; {@link #committed} must follow.
     *
     * @return {@code false}: a statement that people have to approve before is still on its way
     */
    @SuppressWarnings("NonAtomicOperationOnVolatileField")
    public synchronized boolean committing() {
        if (owing > 0) {
            return false;
        }
        committing++;
        return true;
    }

    /** It was committed, or not. */
    @SuppressWarnings("NonAtomicOperationOnVolatileField")
    public synchronized void committed() {
        committing--;
    }

    /** Whether a statement's commit has somebody to ask, or something to wait for. */
    public boolean concernsCommits() {
        return owes || owing > 0;
    }

    /** In the order of execution. */
    public synchronized List<Debt> debts() {
        return List.copyOf(debts);
    }

    /** Everything so far was approved. */
    public synchronized void settled() {
        debts.clear();
        owes = false;
    }

    /** It was committed or rolled back as a whole. */
    public void ended() {
        if (owes) {
            settled();
        }
        tally.clear();
        work.clear();
        spoilt = null;
    }

    /** A spoilt one admits nothing but its rollback, and what MySQL wants before that. */
    public boolean admits(SqlAnalysis analysis) {
        return spoilt == null
                || analysis.step() == TransactionStep.UNDOES
                || analysis.step() == TransactionStep.SUSPENDS;
    }
}
