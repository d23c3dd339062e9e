package io.sallyport.core.hold;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells the desk about one ticket, in order and without a lock held.
 *
 * <p>Many threads change a ticket; the desk must hear of its submission first, of the latest number of callers, and of its
 * withdrawal last. Whoever changes the ticket calls {@link #sync()}. The first to come compares what the desk knows with what is
 * true and closes the gap; the others leave a mark that makes it look again. Two hundred callers that join at once cost a
 * handful of updates, and a ticket that ends before it was submitted is never submitted.
 */
final class DeskLine {

    /** What the desk should know. */
    record Truth(Ticket ticket, boolean waiting, @Nullable String withdrawn) {}

    private final ApprovalDesk desk;
    private final Supplier<Truth> truth;
    private final Consumer<Outcome> outcome;
    private final AtomicInteger marks = new AtomicInteger();

    // Touched only by the thread that works the marks off.
    private boolean submitted;
    private boolean silent;
    private int toldCallers;

    DeskLine(ApprovalDesk desk, Supplier<Truth> truth, Consumer<Outcome> outcome) {
        this.desk = desk;
        this.truth = truth;
        this.outcome = outcome;
    }

    void sync() {
        if (marks.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        do {
            try {
                closeGap(truth.get());
            } catch (RuntimeException | Error defect) {
                // A desk that throws has lost the ticket. Callers that still wait hear it; to others it no longer
                // matters.
                silent = true;
                outcome.accept(new Outcome.Unreachable(
                        "the approval channel failed: " + defect.getClass().getName()));
            }
            seen = marks.addAndGet(-seen);
        } while (seen != 0);
    }

    private void closeGap(Truth now) {
        if (silent) {
            return;
        }
        if (now.waiting() && !submitted) {
            submitted = true;
            toldCallers = now.ticket().callers();
            desk.submit(now.ticket(), outcome);
        } else if (now.waiting() && now.ticket().callers() != toldCallers) {
            toldCallers = now.ticket().callers();
            desk.update(now.ticket());
        } else if (!now.waiting()) {
            silent = true;
            if (submitted && now.withdrawn() != null) {
                desk.withdraw(now.ticket().id(), now.withdrawn());
            }
        }
    }
}
