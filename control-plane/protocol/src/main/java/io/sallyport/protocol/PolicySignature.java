package io.sallyport.protocol;

import java.nio.charset.StandardCharsets;

/** The bytes that a policy signature covers: a domain separator, the version and the text. */
public final class PolicySignature {

    /** Bytes to sign or verify with Ed25519 (RFC 8032). */
    public static byte[] bytes(long version, String yaml) {
        return ("sallyport-policy-v1\n" + version + "\n" + yaml).getBytes(StandardCharsets.UTF_8);
    }

    private PolicySignature() {}
}
