package io.sallyport.core.verdict;

import org.jspecify.annotations.Nullable;

/**
 * What a connection's socket really is, read from the socket and not from configuration.
 *
 * @param encrypted whether the socket speaks TLS
 * @param protocol negotiated version ({@code TLSv1.3}); {@code null} when not encrypted
 * @param cipher negotiated cipher suite
 * @param peer subject of the peer's certificate
 * @param chainTrusted whether the peer's chain leads to the platform's roots or to those of the policy
 * @param hostMatches whether the peer's certificate is for the host that was asked for
 * @param relay the relay that the peer is, as {@code host:port}; {@code null} where it is the target itself
 */
public record TlsFacts(
        boolean encrypted,
        @Nullable String protocol,
        @Nullable String cipher,
        @Nullable String peer,
        boolean chainTrusted,
        boolean hostMatches,
        @Nullable String relay) {

    public TlsFacts(
            boolean encrypted,
            @Nullable String protocol,
            @Nullable String cipher,
            @Nullable String peer,
            boolean chainTrusted,
            boolean hostMatches) {
        this(encrypted, protocol, cipher, peer, chainTrusted, hostMatches, null);
    }

    public static final TlsFacts PLAINTEXT = new TlsFacts(false, null, null, null, false, false);

    /** {@code TLSv1.3 TLS_AES_256_GCM_SHA384}, with {@code via relay host:port} behind it where there is one, or {@code plaintext}. */
    public String describe() {
        if (!encrypted) {
            return "plaintext";
        }
        String negotiated = protocol + " " + cipher;
        return relay == null ? negotiated : negotiated + " via relay " + relay;
    }
}
