package io.sallyport.http.okhttp;

import io.sallyport.weaving.StateField;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
import okhttp3.Call;
import okhttp3.Dispatcher;

/** The calls that wait for people in front of one dispatcher. Lives in the dispatcher's state. Thread-safe. */
final class HeldCalls {

    private final Set<Call> calls = ConcurrentHashMap.newKeySet();

    private HeldCalls() {}

    static HeldCalls of(Dispatcher dispatcher) {
        synchronized (dispatcher) {
            HeldCalls known = StateField.get(dispatcher, HeldCalls.class);
            if (known == null) {
                known = new HeldCalls();
                StateField.set(dispatcher, known);
            }
            return known;
        }
    }

    void add(Call call) {
        calls.add(call);
    }

    void remove(Call call) {
        calls.remove(call);
    }

    /**
     * Each is then enqueued, and fails there as one that was cancelled in the dispatcher does. Elsewhere: this thread holds the dispatcher's lock, with
     * which nothing may be enqueued.
     */
    void cancel() {
        if (!calls.isEmpty()) {
            ForkJoinPool.commonPool().execute(() -> calls.forEach(Call::cancel));
        }
    }
}
