package io.sallyport.core.verdict;

import io.sallyport.core.hold.Departure;
import io.sallyport.core.hold.Seat;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The future of a call that waits without a thread. Whoever completes it from outside (cancel, {@code orTimeout}) thereby withdraws
 * the call.
 */
final class Suspension {

    /** Turns a departure into a passage or a refusal; the gate's own guard around {@link Holds#conclude}. */
    interface Conclusion {
        Passage of(Call call, Verdict.Hold hold, Seat seat, Departure how) throws RefusedException;
    }

    private final Conclusion conclusion;
    private @Nullable CompletableFuture<Passage> future;

    Suspension(Conclusion conclusion) {
        this.conclusion = conclusion;
    }

    /** {@code null} when the call did not have to wait. */
    @Nullable
    CompletableFuture<Passage> future() {
        return future;
    }

    void begin(Call call, Verdict.Hold hold, Seat seat) {
        CompletableFuture<Passage> held = new CompletableFuture<>();
        seat.onDeparture(how -> resume(held, call, hold, seat, how));
        held.whenComplete((passage, failure) -> seat.leave("the caller cancelled or stopped waiting"));
        future = held;
    }

    private void resume(CompletableFuture<Passage> held, Call call, Verdict.Hold hold, Seat seat, Departure how) {
        // A future that was cancelled after the approval is cancelled all the same: the request has not been sent.
        Departure now = held.isDone() ? new Departure.GaveUp("the caller cancelled or stopped waiting") : how;
        try {
            Passage passage = conclusion.of(call, hold, seat, now);
            if (!held.complete(passage)) {
                passage.failed(new CancellationException());
            }
        } catch (RefusedException refused) {
            held.completeExceptionally(refused);
        }
    }
}
