package io.sallyport.controlplane;

import java.time.Clock;

/** Starts a control plane on a clock of the caller's, for tests in other packages. */
public final class ControlPlaneAt {

    public static ControlPlane start(Settings settings, Clock clock) {
        return ControlPlane.start(settings, clock);
    }

    private ControlPlaneAt() {}
}
