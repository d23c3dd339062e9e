package io.sallyport.core.verdict;

import io.sallyport.core.command.Command;
import io.sallyport.core.command.ConnectCommand;
import io.sallyport.core.command.Endpoint;
import io.sallyport.core.command.HttpCommand;
import io.sallyport.core.command.SqlCommand;
import io.sallyport.core.command.Target;
import io.sallyport.core.hold.HoldRequest;
import io.sallyport.core.hold.Waiter;
import io.sallyport.core.policy.TlsRequirement;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The policy enforcement point's inside: decides a command, records the verdict before the call is sent, and waits where people
 * have to approve. Thread-safe.
 *
 * <p>An unexpected {@link Throwable} inside becomes {@link Refusal.Reason#FAILED} in enforce mode, and an admitted call with an
 * alarm in observe mode. Callers therefore need no try/catch of their own.
 */
public interface Gate {

    /**
     * Decides for a caller that may be blocked. Parks the calling thread while a ticket waits for approval; {@code waiter} tells
     * how long and why it may stop.
     */
    Passage admit(Command command, Waiter waiter) throws RefusedException;

    /**
     * Decides for a caller that must not be blocked. The future is complete on return unless people have to approve; it fails with
     * {@link RefusedException}. Cancelling it withdraws the ticket. Held futures complete on an agent thread, never on the link's.
     */
    CompletableFuture<Passage> admitAsync(Command command);

    /**
     * Decides without waiting, for a call nested in an admitted one (application code that runs inside a driver's
     * {@code execute}): a hold becomes a refusal.
     */
    Passage admitNested(Command command) throws RefusedException;

    /**
     * Decides an admitted call again, because something of it became known or changed only after people had been asked (header fields that
     * a client sets late, a round of authentication). What they approved stands for the rules that they approved it under; a rule that
     * would ask them now and did not ask then is a refusal, since there is no time left to ask.
     *
     * @param sent whether what was admitted has been sent: then this is a call of its own; else it is the same one, from the same caller,
     *     which is recorded anew only where it is decided otherwise, and whose first passage nobody ends
     */
    default Passage admitAgain(Command command, Passage admitted, boolean sent) throws RefusedException {
        return admitNested(command);
    }

    /** The same for a call that can still wait, as {@link #admitAsync} does it: people are asked under rules that they were not asked by. */
    default CompletableFuture<Passage> admitAgainAsync(Command command, Passage admitted, boolean sent) {
        return admitAsync(command);
    }

    /**
     * Decides what a server may take an admitted call for beside what it says: the same call, counted once and recorded anew only where it is
     * decided otherwise. A hold is a refusal, since people were not asked about that. Nobody ends what is returned; where it is refused, the
     * caller ends {@code admitted}.
     */
    default Passage admitReading(Command reading, Passage admitted) throws RefusedException {
        return admitNested(reading);
    }

    /**
     * The same for another place than the call goes to, which a server may answer for: rules that restrict it count, what a policy says of calls
     * that no rule is about does not.
     */
    default Passage admitElsewhere(Command reading, Passage admitted) throws RefusedException {
        return admitReading(reading, admitted);
    }

    /**
     * Before a transaction is committed whose statements were admitted under {@link Passage#owed}: parks the calling thread until
     * people have approved.
     *
     * @param work what they are asked about: the first of the statements, with everything of the others that tells one transaction
     *     from another among its parameters
     * @param request what all of the statements owe together; its message says what the transaction did
     * @param waiter {@code null} for a caller inside another call, who must not wait
     */
    default void settle(SqlCommand work, HoldRequest request, @Nullable Waiter waiter) throws RefusedException {
        throw new UnsupportedOperationException("this gate admits nothing under a debt");
    }

    /**
     * A connection is about to commit.
     *
     * @param opened what opened it
     * @throws RefusedException if somebody has stopped its session
     */
    default void committing(Command opened) throws RefusedException {}

    /**
     * Whether a rule will look at the body of this request, which has to be read then before it is sent and made part of the command
     * ({@link HttpCommand#withBody}). Cheap where no rule asks.
     */
    default boolean asksForBody(HttpCommand command) {
        return false;
    }

    /** The TLS that {@code target} must have, for raising a driver's settings before it connects. */
    TlsRequirement tls(Target target);

    /**
     * Stands for all answers of {@link #tls}: as long as this is the same object, they are the same. {@code null} while there is no policy.
     * Never waits.
     */
    default @Nullable Object tlsDemands() {
        return null;
    }

    /**
     * Judges what a connection's socket really is, before credentials or data leave where the protocol allows. Records the facts
     * either way.
     *
     * @throws RefusedException with {@link Refusal.Reason#TLS} when they are below the requirement, in enforce mode
     */
    void verifyTls(ConnectCommand connect, TlsFacts facts) throws RefusedException;

    /** A refusal that a module found by itself (a side-door setting, an unwoven result); records it, and passes in observe mode. */
    void refuse(Command command, String check, String message) throws RefusedException;

    /** Connection settings, as {@code vendor:setting}, that the policy admits although they are side doors. */
    default Set<String> allowedConnectSettings() {
        return Set.of();
    }

    /** Drivers, by their JDBC sub-protocol, that the policy admits although they were never proven against a live server. */
    default Set<String> allowedUnproven() {
        return Set.of();
    }

    /**
     * The hosts under which the policy declares databases like {@code target}, at its ports, whatever hosts it lists: names, addresses and
     * globs. What else a database is called has to be known before {@link #admit}.
     */
    default Set<String> hostsFor(Target target) {
        return Set.of();
    }

    /** Whether the policy in force declares a target at that place; {@code false} while there is no policy. Never waits. */
    default boolean governs(Endpoint place) {
        return false;
    }

    /**
     * Whether the policy in force lists that address as one of an HTTP service, by itself or by a glob that no name fits; {@code false} while
     * there is no policy. Never waits.
     */
    default boolean listsAddress(Endpoint place) {
        return false;
    }

    /**
     * The relay that every connection to {@code place} goes through, over TLS; {@code null} where they go to the place itself, and while there
     * is no policy. Never waits.
     */
    default @Nullable Endpoint relay(Endpoint place) {
        return null;
    }

    /** Whether a connection to a governed place is admitted although no mediated driver or client opens it. Never waits. */
    default boolean allowsSocket(String opener, Endpoint place) {
        return false;
    }

    /**
     * Something that no one could know before the call was sent turns out to be more than a rule allows: too many rows, an answer of
     * a kind that must not come through. Records it, and waits where people are to be asked.
     *
     * @param passage the admitted call
     * @param decision from the call's obligations
     * @param waiter {@code null} for a caller that cannot wait: asking people becomes a refusal
     */
    default void exceeded(Passage passage, Decision decision, @Nullable Waiter waiter) throws RefusedException {
        throw new UnsupportedOperationException();
    }

    /**
     * A transaction of a session ended, or a savepoint was set or left.
     *
     * @param what {@code commit}, {@code rollback}, {@code savepoint} …
     * @param work what it had done, in words
     * @param rows that it had changed; -1 where unknown
     */
    default void transaction(Target target, String session, String what, String work, long rows) {}

    /**
     * The session of a request that is about to be decided, of HTTP: that of its service, which the gate opens and closes.
     */
    default String session(Target service) {
        throw new UnsupportedOperationException("this gate knows no sessions of HTTP");
    }

    /** A connection was opened and is handed to the application; {@link #closed} follows. */
    default void opened(Target target) {}

    /** A session ended. */
    void closed(Target target, String session);

    /** Something that needs a person's attention and has no call to refuse. Never throws. */
    void alarm(String what);
}
