package io.sallyport.controlplane.relay;

import java.nio.file.Path;

/**
 * The PEM files that a relay works with.
 *
 * @param certificate the relay's, followed by the authority's, which agents that know its key by hash only have to be shown
 * @param key PKCS #8
 * @param authority whose clients are admitted
 */
public record RelayFiles(Path certificate, Path key, Path authority) {

    /** As {@link RelayEnrolment} keeps them. */
    static RelayFiles in(Path directory, Path authority) {
        return new RelayFiles(directory.resolve("relay.pem"), directory.resolve("relay-key.pem"), authority);
    }
}
