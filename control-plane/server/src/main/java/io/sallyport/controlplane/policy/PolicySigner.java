package io.sallyport.controlplane.policy;

import io.sallyport.controlplane.secrets.SecretFile;
import io.sallyport.controlplane.tls.Pem;
import io.sallyport.protocol.PolicySignature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Signs policies with Ed25519 (RFC 8032). The key is made at first start; agents pin its public half when they enrol. Thread-safe. */
public final class PolicySigner {

    private static final String ALGORITHM = "Ed25519";

    private final PrivateKey key;
    private final String publicKey;

    private PolicySigner(PrivateKey key, String publicKey) {
        this.key = key;
        this.publicKey = publicKey;
    }

    /** Reads {@code policy-key.pem} and {@code policy-key.pub}, or makes them. */
    public static PolicySigner loadOrCreate(Path directory) throws IOException, GeneralSecurityException {
        Path keyFile = directory.resolve("policy-key.pem");
        Path publicFile = directory.resolve("policy-key.pub");
        if (Files.exists(keyFile) && Files.exists(publicFile)) {
            return new PolicySigner(
                    Pem.readKey(keyFile, ALGORITHM),
                    Files.readString(publicFile, StandardCharsets.US_ASCII).strip());
        }
        KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
        String publicKey = Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
        Files.writeString(publicFile, publicKey + "\n", StandardCharsets.US_ASCII);
        SecretFile.write(keyFile, Pem.key(pair.getPrivate()));
        return new PolicySigner(pair.getPrivate(), publicKey);
    }

    /** X.509 SubjectPublicKeyInfo, base64. */
    public String publicKey() {
        return publicKey;
    }

    /** Base64 of the signature over {@link PolicySignature#bytes}. */
    public String sign(long version, String yaml) {
        return Base64.getEncoder().encodeToString(sign(PolicySignature.bytes(version, yaml)));
    }

    /** Whether this key has signed exactly this. */
    public boolean signed(long version, @Nullable String yaml, @Nullable String signature) {
        try {
            return PolicySignature.fits(PolicySignature.key(publicKey), version, yaml, signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("our own key cannot be read", e);
        }
    }

    /** @param text begins with what it is for, so that no signature fits another purpose */
    public byte[] sign(byte[] text) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update(text);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this cannot be signed", e);
        }
    }
}
