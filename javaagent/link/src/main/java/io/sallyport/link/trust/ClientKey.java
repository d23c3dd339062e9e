package io.sallyport.link.trust;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The workload's one key and certificate. Immutable. No key store in between: a PKCS #12 store would encrypt the key and decrypt it again, which
 * costs a starting JVM seconds.
 */
final class ClientKey extends X509ExtendedKeyManager {

    private static final String ALIAS = "workload";

    private final PrivateKey key;
    private final X509Certificate certificate;

    ClientKey(PrivateKey key, X509Certificate certificate) {
        this.key = key;
        this.certificate = certificate;
    }

    @Override
    public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return new String[] {ALIAS};
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return chosen(keyTypes);
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return chosen(keyTypes);
    }

    private @Nullable String chosen(String[] keyTypes) {
        for (String type : keyTypes) {
            // TLS 1.2 names the signature too: EC_EC.
            if (type.startsWith(key.getAlgorithm())) {
                return ALIAS;
            }
        }
        return null;
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return new X509Certificate[] {certificate};
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return key;
    }
}
