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
 */
public record TlsFacts(
        boolean encrypted,
        @Nullable String protocol,
        @Nullable String cipher,
        @Nullable String peer,
        boolean chainTrusted,
        boolean hostMatches) {

    public static final TlsFacts PLAINTEXT = new TlsFacts(false, null, null, null, false, false);

    /** {@code TLSv1.3 TLS_AES_256_GCM_SHA384}, or {@code plaintext}. */
    public String describe() {
        return encrypted ? protocol + " " + cipher : "plaintext";
    }
}
