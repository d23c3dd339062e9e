package io.sallyport.controlplane.tls;

import io.sallyport.controlplane.StartFailure;
import java.io.IOException;
import java.security.KeyStore;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operator's certificate while it is served: read again when its files change, so that renewing it takes no restart. Thread-safe. */
public final class ServedCertificate {

    private static final Logger LOG = LoggerFactory.getLogger(ServedCertificate.class);

    private final CertificateFiles files;
    private CertificateFiles.Loaded loaded;
    private List<Object> written;
    private @Nullable List<Object> refused;

    /** @throws StartFailure when the files cannot be used */
    public ServedCertificate(CertificateFiles files) {
        this.files = files;
        try {
            this.written = files.written();
            this.loaded = files.load();
        } catch (IOException e) {
            throw new StartFailure(
                    "the certificate cannot be served: " + e.getMessage() + "; check --certificate and --key", e);
        }
    }

    public synchronized KeyStore keys() {
        return loaded.keys();
    }

    /** Of the authority that agents are to trust, as it is served now; {@code null} where the chain names none. */
    public synchronized @Nullable String pin() {
        return loaded.pin();
    }

    /** Looks whether the files have changed; what cannot be used is told, and the old one goes on. */
    public synchronized void look(Consumer<KeyStore> renewed) {
        List<Object> now = List.of();
        try {
            now = files.written();
            if (!now.equals(written)) {
                CertificateFiles.Loaded read = files.load();
                written = now;
                renewed.accept(read.keys());
                loaded = read;
                LOG.info("the certificate of the HTTPS port was read again from {}", files.chain());
            }
        } catch (IOException e) {
            if (!now.equals(refused)) {
                refused = now;
                LOG.warn("the HTTPS port goes on with the certificate that it has: {}", e.getMessage());
            }
        }
    }
}
