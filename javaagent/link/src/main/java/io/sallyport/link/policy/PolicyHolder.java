package io.sallyport.link.policy;

import io.sallyport.core.policy.PolicySnapshot;
import io.sallyport.core.policy.PolicySource;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The policy in force. Thread-safe.
 *
 * <p>Once there is a policy, {@link #current()} is one volatile read. Before that (a first start: nothing on disk, the control plane not
 * yet heard) it makes the caller wait. The wait ends for everybody at the same instant, {@code coldStartWait} after this object was made: a
 * workload is slow once and not with every call. A caller that is interrupted meanwhile keeps its interrupt flag and gets the fall-back.
 */
public final class PolicyHolder implements PolicySource {

    private final CountDownLatch first = new CountDownLatch(1);
    private final PolicySnapshot fallback;
    private final long deadline;
    private volatile @Nullable PolicySnapshot policy;

    /**
     * @param coldStartWait how long calls may wait for the first policy, from now
     * @param fallback decides after that, and only until the first policy comes
     */
    public PolicyHolder(Duration coldStartWait, PolicySnapshot fallback) {
        this.fallback = fallback;
        this.deadline = System.nanoTime() + coldStartWait.toNanos();
    }

    /** A holder that begins with a policy and never waits. */
    public static PolicyHolder of(PolicySnapshot policy) {
        PolicyHolder holder = new PolicyHolder(Duration.ZERO, policy);
        holder.set(policy);
        return holder;
    }

    /** A holder for a workload with a control plane. */
    public static PolicyHolder coldStart(Duration wait, OnColdStart then) {
        return new PolicyHolder(wait, new ColdStartPolicy(then));
    }

    @Override
    public PolicySnapshot current() {
        PolicySnapshot now = policy;
        return now != null ? now : waited();
    }

    @Override
    public @Nullable PolicySnapshot known() {
        return policy;
    }

    private PolicySnapshot waited() {
        awaitFirst(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        PolicySnapshot now = policy;
        return now != null ? now : fallback;
    }

    /** Puts a policy in force for every decision that begins from now on. */
    public void set(PolicySnapshot next) {
        policy = next;
        first.countDown();
    }

    /** Whether a policy has come; callers that must not block ask this before {@link #current()}. */
    public boolean present() {
        return policy != null;
    }

    /** Waits for the first policy; {@code false} when none came in time or the thread was interrupted (its flag stays set). */
    public boolean awaitFirst(Duration longest) {
        try {
            return first.await(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return policy != null;
        }
    }
}
