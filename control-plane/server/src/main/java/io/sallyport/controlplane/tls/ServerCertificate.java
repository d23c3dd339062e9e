package io.sallyport.controlplane.tls;

import io.sallyport.controlplane.secrets.SecretFile;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SignatureException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The server's own certificate. It is renewed at a start that finds it close to its end, or made for other names. */
public final class ServerCertificate {

    private static final Duration LIFE = Duration.ofDays(365);
    private static final Duration RENEW_BEFORE = Duration.ofDays(60);
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    /** Password of a key store that never leaves memory; the JDK demands one. */
    static final char[] IN_MEMORY = "in-memory".toCharArray();

    /** A key store in memory with the server's key and its chain, authority included. */
    public static KeyStore loadOrCreate(Path directory, CertificateAuthority authority, List<String> furtherNames)
            throws IOException, GeneralSecurityException {
        Path certificateFile = directory.resolve("server.pem");
        Path keyFile = directory.resolve("server-key.pem");
        List<String> names = names(furtherNames);
        if (Files.exists(certificateFile) && Files.exists(keyFile)) {
            X509Certificate found = Pem.readCertificate(certificateFile);
            if (isGood(found, authority, names)) {
                return store(Pem.readKey(keyFile, "EC"), found, authority);
            }
        }
        KeyPair pair = CertificateAuthority.newKey();
        X509Certificate certificate =
                authority.issueServer(pair.getPublic(), "Sallyport control plane server", names, LIFE);
        SecretFile.write(keyFile, Pem.key(pair.getPrivate()));
        Files.writeString(certificateFile, Pem.certificate(certificate), StandardCharsets.US_ASCII);
        return store(pair.getPrivate(), certificate, authority);
    }

    /** Password of the key store that {@link #loadOrCreate} returns. */
    public static String storePassword() {
        return new String(IN_MEMORY);
    }

    static boolean isAddress(String name) {
        return IPV4.matcher(name).matches() || name.indexOf(':') >= 0;
    }

    private static List<String> names(List<String> further) {
        Set<String> names = new LinkedHashSet<>(List.of("localhost", "127.0.0.1", "::1"));
        try {
            String host = InetAddress.getLocalHost().getHostName();
            if (host.matches("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")) {
                names.add(host);
            }
        } catch (IOException nameless) {
            // A machine that cannot resolve its own name is reached by the other names.
        }
        names.addAll(further);
        return List.copyOf(names);
    }

    private static boolean isGood(X509Certificate certificate, CertificateAuthority authority, List<String> names)
            throws GeneralSecurityException {
        try {
            certificate.verify(authority.certificate().getPublicKey());
        } catch (SignatureException | java.security.InvalidKeyException e) {
            return false;
        }
        Set<InetOrName> covered = new HashSet<>();
        Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
        if (alternatives != null) {
            for (List<?> alternative : alternatives) {
                covered.add(InetOrName.of(String.valueOf(alternative.get(1))));
            }
        }
        List<InetOrName> wanted = new ArrayList<>();
        names.forEach(name -> wanted.add(InetOrName.of(name)));
        return covered.containsAll(wanted)
                && certificate.getNotAfter().toInstant().isAfter(Instant.now().plus(RENEW_BEFORE));
    }

    private static KeyStore store(PrivateKey key, X509Certificate certificate, CertificateAuthority authority)
            throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", key, IN_MEMORY, new Certificate[] {certificate, authority.certificate()});
        return store;
    }

    /** A name in a form that compares equal however an IPv6 address is written. */
    private record InetOrName(String text) {
        static InetOrName of(String name) {
            if (isAddress(name)) {
                try {
                    // No name service is asked for a literal address.
                    return new InetOrName(InetAddress.getByName(name).getHostAddress());
                } catch (IOException notAnAddress) {
                    return new InetOrName(name);
                }
            }
            return new InetOrName(name.toLowerCase(java.util.Locale.ROOT));
        }
    }

    private ServerCertificate() {}
}
