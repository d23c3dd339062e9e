package io.sallyport.http.tls;

import io.sallyport.weaving.ClassFilter;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;

/**
 * Classes that could be a socket or an engine of TLS. Looking into each class file that is loaded would make starts slower, so their names are
 * looked at first: every provider's say what they are.
 */
final class ForeignTlsFilter implements ClassFilter {

    /** Every concrete class of TLS has its session, parameters or results in the constant pool. */
    private final ClassFilter mentions = ClassFilter.mentions("javax/net/ssl/SSL", SSLEngine.class, SSLSocket.class);

    @Override
    public boolean mayWeave(String internalName, byte[] classFile) {
        return isNamedSo(internalName) && mentions.mayWeave(internalName, classFile);
    }

    @Override
    public boolean mayWeaveLoaded(Class<?> loaded) {
        return mentions.mayWeaveLoaded(loaded) && loaded.getModule() != Object.class.getModule();
    }

    private static boolean isNamedSo(String name) {
        return name.endsWith("Socket") || name.endsWith("Engine") || name.contains("SSL") || name.contains("Ssl");
    }
}
