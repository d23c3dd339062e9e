package io.sallyport.jdbc.vendor;

import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** What the platform's TLS sockets do by default. */
final class PlatformTls {

    private PlatformTls() {}

    /** The least that they may negotiate. */
    static @Nullable String lowestProtocol() {
        try {
            String[] enabled = SSLContext.getDefault().getDefaultSSLParameters().getProtocols();
            Arrays.sort(enabled);
            return enabled.length == 0 ? null : enabled[0];
        } catch (NoSuchAlgorithmException none) {
            return null;
        }
    }
}
