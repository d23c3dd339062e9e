package io.sallyport.controlplane.relay;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The relay's certificate with its key, and the authority whose clients it admits, from three PEM files. {@link #refresh} reads them
 * again when one has changed, which is how a short-lived certificate is rotated: whoever renews it replaces the files. Files that
 * cannot be read or do not fit together (a rotation half done) leave what was there in force until the next look. Thread-safe.
 */
public final class RelayCertificates {

    private static final Logger LOG = LoggerFactory.getLogger(RelayCertificates.class);

    private final Path certificate;
    private final Path key;
    private final Path authority;
    private volatile Loaded loaded;

    private record Loaded(List<FileTime> changed, SslContext tls) {}

    /**
     * @param certificate the relay's certificate, followed by intermediate ones where there are any
     * @param key PKCS #8
     * @param authority whoever it signed for client authentication (RFC 5280, section 4.2.1.12) is admitted
     * @throws IOException if they cannot be read now
     */
    public RelayCertificates(Path certificate, Path key, Path authority) throws IOException {
        this.certificate = certificate;
        this.key = key;
        this.authority = authority;
        this.loaded = load();
    }

    public RelayCertificates(RelayFiles files) throws IOException {
        this(files.certificate(), files.key(), files.authority());
    }

    /** What the next handshake uses. */
    SslContext current() {
        return loaded.tls();
    }

    /** Looks whether the files have changed; never throws. */
    public void refresh() {
        try {
            if (!changed().equals(loaded.changed())) {
                loaded = load();
                LOG.info("certificates of the relay were read again from {}", certificate);
            }
        } catch (IOException e) {
            LOG.warn("the relay goes on with the certificates that it has: {}", e.getMessage());
        }
    }

    private List<FileTime> changed() throws IOException {
        List<FileTime> times = new ArrayList<>();
        for (Path file : List.of(certificate, key, authority)) {
            times.add(Files.getLastModifiedTime(file));
        }
        return times;
    }

    private Loaded load() throws IOException {
        List<FileTime> times = changed();
        try {
            SslContext tls = SslContextBuilder.forServer(certificate.toFile(), key.toFile())
                    .sslProvider(SslProvider.JDK)
                    .trustManager(authority.toFile())
                    .clientAuth(ClientAuth.REQUIRE)
                    // Both ends are Sallyport's, so there is no old one to be kind to.
                    .protocols("TLSv1.3")
                    .build();
            return new Loaded(times, tls);
        } catch (IllegalArgumentException | IOException e) {
            throw new IOException(
                    "certificate " + certificate + ", key " + key + " and authority " + authority
                            + " cannot be used together: " + e.getMessage(),
                    e);
        }
    }
}
