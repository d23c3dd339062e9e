package io.sallyport.controlplane.relay;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.sallyport.controlplane.secrets.SecretFile;
import io.sallyport.controlplane.tls.Pem;
import io.sallyport.controlplane.tls.TrustFile;
import io.sallyport.protocol.EnrollRequest;
import io.sallyport.protocol.EnrollResponse;
import io.sallyport.protocol.Paths;
import io.sallyport.protocol.RenewRequest;
import io.sallyport.protocol.RenewResponse;
import io.sallyport.protocol.RevokedResponse;
import io.sallyport.protocol.Wire;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets the relay its certificate from the control plane and keeps it fresh: enrols with a join token that names the relay, stores key,
 * certificate and credential in a directory of its own, and renews when a third of the certificate's time is left. The files change in one
 * step each; {@link RelayCertificates} sees it, and open connections keep what they were opened with. Not thread-safe.
 */
public final class RelayEnrolment {

    private static final Logger LOG = LoggerFactory.getLogger(RelayEnrolment.class);

    private final String controlPlane;
    private final Path authority;
    private final Path directory;
    private final RelayFiles files;
    private final Clock clock;
    private @Nullable HttpClient client;

    /**
     * @param controlPlane {@code https://host:port}
     * @param authority the control plane's {@code ca.pem}
     * @param directory created where it is missing, for this user alone
     */
    public RelayEnrolment(String controlPlane, Path authority, Path directory, Clock clock) {
        this.controlPlane = controlPlane;
        this.authority = authority;
        this.directory = directory;
        this.files = RelayFiles.in(directory, authority);
        this.clock = clock;
    }

    /**
     * Enrols, unless there is a certificate in force already.
     *
     * @param tokenFile with the join token; {@code null} when there is none any more
     * @throws IOException that says in one line what is wrong
     */
    public RelayFiles ensure(@Nullable Path tokenFile) throws IOException {
        SecretFile.directory(directory);
        if (Files.exists(files.certificate()) && Files.exists(credential())) {
            renewIfDue();
            if (clock.instant().isBefore(current().getNotAfter().toInstant())) {
                return files;
            }
        }
        if (tokenFile == null) {
            throw new IOException(
                    "this relay has not enrolled yet, or too long ago, and has no join token: give --token-file");
        }
        enrol(Files.readString(tokenFile).strip());
        return files;
    }

    /** Never throws: what cannot be renewed now is tried again later, and the certificate is good for a third of its time still. */
    public void renewIfDue() {
        try {
            X509Certificate certificate = current();
            Instant from = certificate.getNotBefore().toInstant();
            Instant until = certificate.getNotAfter().toInstant();
            if (clock.instant()
                    .isAfter(until.minus(Duration.between(from, until).dividedBy(3)))) {
                renew();
            }
        } catch (IOException e) {
            LOG.warn("the relay's certificate was not renewed: {}", e.getMessage());
        }
    }

    /**
     * Asks the control plane whom it has revoked.
     *
     * @throws IOException when it is away; whoever was revoked stays so
     */
    public Set<String> revoked() throws IOException {
        String credential = Files.readString(credential()).strip();
        return Set.copyOf(
                post(Paths.REVOKED, credential, new RenewRequest(null, prove(credential)), RevokedResponse.class)
                        .workloads());
    }

    private void enrol(String token) throws IOException {
        KeyPair pair = newKey();
        String key = Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
        EnrollResponse answer = post(
                Paths.ENROLL,
                null,
                new EnrollRequest(token, "relay", UUID.randomUUID().toString(), Map.of(), key),
                EnrollResponse.class);
        X509Certificate certificate = read(answer.certificate());
        if (!isServers(certificate)) {
            throw new IOException(
                    "this join token admits workloads and no relay: make one with join-token --relay NAME");
        }
        SecretFile.write(files.key(), Pem.key(pair.getPrivate()));
        SecretFile.write(credential(), answer.credential());
        store(certificate);
    }

    private void renew() throws IOException {
        String credential = Files.readString(credential()).strip();
        RenewResponse answer =
                post(Paths.RENEW, credential, new RenewRequest(null, prove(credential)), RenewResponse.class);
        store(read(answer.certificate()));
        LOG.info("the relay's certificate was renewed, until {}", answer.expires());
    }

    private String prove(String credential) throws IOException {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(Pem.readKey(files.key(), "EC"));
            signature.update(RenewRequest.proofOf(credential));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IOException("the key in " + files.key() + " cannot sign", e);
        }
    }

    private <T> T post(String path, @Nullable String credential, Object body, Class<T> type) throws IOException {
        try {
            HttpClient client = client();
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(controlPlane + path))
                    .timeout(Duration.ofSeconds(30))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(Wire.write(body)));
            if (credential != null) {
                request.header("Authorization", "Bearer " + credential);
            }
            HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new IOException("the control plane at " + controlPlane + " refused ("
                        + Wire.json().readTree(answer.body()).path("error").asText("HTTP " + answer.statusCode())
                        + ")");
            }
            return Wire.read(answer.body(), type);
        } catch (JsonProcessingException e) {
            // Not repeated: the text could hold a credential.
            throw new IOException("what answers at " + controlPlane + " is no control plane of this version");
        } catch (GeneralSecurityException e) {
            throw new IOException(authority + " is not the control plane's ca.pem", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Kept, since it is asked every few seconds. */
    private HttpClient client() throws IOException, GeneralSecurityException {
        HttpClient known = client;
        if (known == null) {
            known = HttpClient.newBuilder()
                    .connectTimeout(Duration.ofSeconds(10))
                    .version(HttpClient.Version.HTTP_1_1)
                    .sslContext(TrustFile.context(authority))
                    .build();
            client = known;
        }
        return known;
    }

    private X509Certificate current() throws IOException {
        try {
            return Pem.readCertificate(files.certificate());
        } catch (GeneralSecurityException e) {
            throw new IOException(files.certificate() + " is damaged: remove it and enrol again", e);
        }
    }

    private void store(X509Certificate certificate) throws IOException {
        try {
            SecretFile.write(files.certificate(), Pem.certificate(certificate) + Files.readString(authority));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static X509Certificate read(@Nullable String der) throws IOException {
        if (der == null) {
            throw new IOException("the control plane gave no certificate");
        }
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(
                            new ByteArrayInputStream(Base64.getDecoder().decode(der)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException("the control plane's certificate for this relay cannot be read", e);
        }
    }

    private static boolean isServers(X509Certificate certificate) throws IOException {
        try {
            return certificate.getSubjectAlternativeNames() != null;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static KeyPair newKey() throws IOException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IOException("this Java runtime cannot make a P-256 key", e);
        }
    }

    private Path credential() {
        return directory.resolve("relay-credential");
    }
}
