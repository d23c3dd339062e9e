package io.sallyport.http;

import io.sallyport.weaving.StateField;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** The requests of one client that wait for people: its state, so that who closes the client withdraws them. Thread-safe. */
public final class HeldAdmissions {

    private final Set<CompletableFuture<?>> waiting = ConcurrentHashMap.newKeySet();

    private HeldAdmissions() {}

    public static HeldAdmissions of(Object client) {
        synchronized (client) {
            HeldAdmissions held = StateField.get(client, HeldAdmissions.class);
            if (held == null) {
                held = new HeldAdmissions();
                StateField.set(client, held);
            }
            return held;
        }
    }

    /** @param closed whether the client is: it may have been while the request was decided */
    public void add(CompletableFuture<?> admission, BooleanSupplier closed) {
        waiting.add(admission);
        admission.whenComplete((passage, failure) -> waiting.remove(admission));
        if (closed.getAsBoolean()) {
            admission.cancel(true);
        }
    }

    /** The client is closed. */
    public void withdraw() {
        waiting.forEach(admission -> admission.cancel(true));
    }
}
