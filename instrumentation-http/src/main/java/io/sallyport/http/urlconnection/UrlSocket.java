package io.sallyport.http.urlconnection;

import io.sallyport.core.verdict.RefusedException;
import io.sallyport.http.HttpGate;
import io.sallyport.http.HttpRefusals;
import io.sallyport.http.RequestUri;
import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** The socket that a URL connection writes its request to. */
final class UrlSocket {

    private UrlSocket() {}

    /** @param host of the URL, also where the socket leads to a proxy */
    static void writing(String host, int port, @Nullable Socket socket) throws IOException {
        if (socket instanceof SSLSocket) {
            return;
        }
        String literal = host.indexOf(':') < 0 || host.startsWith("[") ? host : "[" + host + "]";
        try {
            HttpGate.current().sending(RequestUri.of("http", literal, port, "/"), socket);
        } catch (RefusedException no) {
            throw HttpRefusals.ofSockets(no.refusal());
        }
    }
}
