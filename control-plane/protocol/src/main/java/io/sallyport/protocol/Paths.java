package io.sallyport.protocol;

/** Paths of the agent's endpoints at the control plane. */
public final class Paths {
    /** {@code POST}: {@link EnrollRequest} → {@link EnrollResponse}. */
    public static final String ENROLL = "/agent/v1/enroll";

    /** {@code POST}: {@link RenewRequest} → {@link RenewResponse}. */
    public static final String RENEW = "/agent/v1/renew";

    /** WebSocket upgrade. */
    public static final String CHANNEL = "/agent/v1/channel";

    private Paths() {}
}
