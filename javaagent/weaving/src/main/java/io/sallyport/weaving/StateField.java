package io.sallyport.weaving;

import io.sallyport.bootstrap.SallyportGate;
import io.sallyport.bootstrap.SallyportReader;
import io.sallyport.bootstrap.SallyportState;
import org.jspecify.annotations.Nullable;

/**
 * The one state that each woven object carries: in an injected field, or in a weak map where the class could not take one.
 * Thread-safe; writes are visible to later reads by other threads.
 */
public final class StateField {

    private static final WeakIdentityMap FALLBACK = new WeakIdentityMap();

    private StateField() {}

    /** The state of {@code carrier}, or {@code null} when nothing has been decided about it. */
    public static @Nullable Object get(Object carrier) {
        return StateCarriers.has(carrier)
                ? ((SallyportState) carrier).sallyport$state(BootKey.KEY)
                : FALLBACK.get(carrier);
    }

    /** The state, if it is of that type. */
    public static <T> @Nullable T get(Object carrier, Class<T> type) {
        Object state = get(carrier);
        return type.isInstance(state) ? type.cast(state) : null;
    }

    public static void set(Object carrier, @Nullable Object state) {
        if (StateCarriers.has(carrier)) {
            ((SallyportState) carrier).sallyport$state(BootKey.KEY, state);
        } else {
            FALLBACK.put(carrier, state);
        }
    }

    /** The same for an object of a class of which {@link #injected} is known to hold. */
    public static void setInjected(Object carrier, @Nullable Object state) {
        ((SallyportState) carrier).sallyport$state(BootKey.KEY, state);
    }

    /** Whether the object carries its state itself. */
    public static boolean injected(Object carrier) {
        return StateCarriers.has(carrier);
    }

    /** Names who reads on behalf of carriers that have no state yet. Called once, by the module that weaves getters. */
    public static void undecidedReader(SallyportReader reader) {
        SallyportGate.undecided(BootKey.KEY, reader);
    }
}
