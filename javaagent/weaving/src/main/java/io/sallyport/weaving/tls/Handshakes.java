package io.sallyport.weaving.tls;

import java.util.function.BooleanSupplier;

/**
 * Who judges the TLS handshake that the current thread is in. A driver's is judged by those who know its target and what it was told; every
 * other is judged by the name of its peer. Thread-safe.
 */
public final class Handshakes {

    private volatile BooleanSupplier drivers = () -> false;

    /** @param drivers whether the handshake that the current thread is in belongs to a driver, and is judged there */
    public void leaveTo(BooleanSupplier drivers) {
        this.drivers = drivers;
    }

    public boolean isDrivers() {
        return drivers.getAsBoolean();
    }
}
