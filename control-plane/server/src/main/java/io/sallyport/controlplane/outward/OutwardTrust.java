package io.sallyport.controlplane.outward;

import io.sallyport.controlplane.StartFailure;
import io.sallyport.controlplane.tls.TrustFile;
import java.io.IOException;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;

/** The {@code ca} of a setting: whom somebody outside is trusted by, instead of the platform's authorities. */
public final class OutwardTrust {

    private OutwardTrust() {}

    /** @throws StartFailure when the file cannot be read */
    public static SSLContext context(Path ca) {
        try {
            return TrustFile.context(ca);
        } catch (IOException e) {
            throw new StartFailure("the CA file " + ca + " of the settings cannot be read as PEM certificates", e);
        }
    }
}
