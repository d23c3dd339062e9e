package io.sallyport.protocol;

/** Paths of the agent's endpoints at the control plane. */
public final class Paths {
    /** {@code POST}: {@link EnrollRequest} → {@link EnrollResponse}. */
    public static final String ENROLL = "/agent/v1/enroll";

    /** {@code POST}: {@link RenewRequest} → {@link RenewResponse}. */
    public static final String RENEW = "/agent/v1/renew";

    /** {@code POST}, by relays only: {@link RenewRequest} → {@link RevokedResponse}. */
    public static final String REVOKED = "/agent/v1/revoked";

    /** WebSocket upgrade. */
    public static final String CHANNEL = "/agent/v1/channel";

    private Paths() {}
}
