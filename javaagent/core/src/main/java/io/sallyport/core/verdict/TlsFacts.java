package io.sallyport.core.verdict;

import org.jspecify.annotations.Nullable;

/**
 * What a connection's socket really is, read from the socket and not from configuration.
 *
 * @param encrypted whether the socket speaks TLS
 * @param protocol negotiated version ({@code TLSv1.3}); {@code null} when not encrypted
 * @param cipher negotiated cipher suite
 * @param peer subjects of the peer's chain, its own certificate's first, {@code CN=db.internal < CN=Example CA}
 * @param chainTrusted whether the peer's chain leads to the platform's roots or to those of the policy
 * @param hostMatches whether the peer's certificate is for the host that was asked for
 * @param relay the relay that the peer is, as {@code host:port}; {@code null} where it is the target itself
 * @param foreign class of a TLS implementation that is not the JDK's, of which nothing can be told; {@code null} where there is none
 * @param acceptedBy what of the application's let the peer pass, and who installed it; {@code null} where nothing of its own did
 * @param elsewhere a proxy or an address beyond this host that the connection is seen to lead to, whatever name was asked for; {@code null} where none is
 */
public record TlsFacts(
        boolean encrypted,
        @Nullable String protocol,
        @Nullable String cipher,
        @Nullable String peer,
        boolean chainTrusted,
        boolean hostMatches,
        @Nullable String relay,
        @Nullable String foreign,
        @Nullable String acceptedBy,
        @Nullable String elsewhere) {

    public TlsFacts(
            boolean encrypted,
            @Nullable String protocol,
            @Nullable String cipher,
            @Nullable String peer,
            boolean chainTrusted,
            boolean hostMatches) {
        this(encrypted, protocol, cipher, peer, chainTrusted, hostMatches, null, null, null, null);
    }

    public static final TlsFacts PLAINTEXT = new TlsFacts(false, null, null, null, false, false);

    /**
     * A socket whose TLS is not the JDK's: it may be the best there is, or application code that says it were. What it tells of itself proves
     * nothing.
     */
    public static TlsFacts foreign(Class<?> implementation) {
        return new TlsFacts(false, null, null, null, false, false, null, implementation.getName(), null, null);
    }

    /** The TLS of a relay, whose certificate the control plane's authority has vouched for. */
    public static TlsFacts toRelay(String protocol, String cipher, String peer, String relay) {
        return new TlsFacts(true, protocol, cipher, peer, true, true, relay, null, null, null);
    }

    /** The same, let pass by {@code installed} of the application's own. */
    public TlsFacts acceptedBy(@Nullable String installed) {
        return new TlsFacts(
                encrypted, protocol, cipher, peer, chainTrusted, hostMatches, relay, foreign, installed, elsewhere);
    }

    /** The same of a connection that leads to {@code place}, a proxy or an address beyond this host. */
    public TlsFacts leadingTo(String place) {
        return new TlsFacts(
                encrypted, protocol, cipher, peer, chainTrusted, hostMatches, relay, foreign, acceptedBy, place);
    }

    /**
     * For the record: {@code TLSv1.3 TLS_AES_256_GCM_SHA384 with CN=db.internal < CN=Example CA}, and what is wrong with that peer; {@code via relay
     * host:port} in place of a peer that is a relay; {@code plaintext}; or whose TLS it is.
     */
    public String describe() {
        if (foreign != null) {
            return "TLS of " + foreign + ", not verified";
        }
        if (!encrypted) {
            return "plaintext";
        }
        String negotiated = protocol + " " + cipher;
        if (relay != null) {
            return negotiated + " via relay " + relay;
        }
        return negotiated
                + (peer == null ? "" : " with " + peer)
                + (chainTrusted ? "" : ", of a chain that is not trusted")
                + (hostMatches ? "" : ", of another host");
    }
}
