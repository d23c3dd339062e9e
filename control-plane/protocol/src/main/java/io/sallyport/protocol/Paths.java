package io.sallyport.protocol;

/** Paths of the agent's endpoints at the control plane. */
public final class Paths {
    /** {@code POST}: {@link EnrollRequest} → {@link EnrollResponse}. */
    public static final String ENROLL = "/agent/v1/enroll";

    /** WebSocket upgrade. */
    public static final String CHANNEL = "/agent/v1/channel";

    private Paths() {}
}
