package io.sallyport.http.tls;

import io.example.gullible.GullibleClients;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;

/** Clients over sockets, whose TLS an application's factory makes and whose verifiers take any host. */
enum SocketClient {
    URL_CONNECTION {
        @Override
        String get(URI uri, SSLSocketFactory factory) throws Exception {
            return byUrlConnection(uri, factory, Proxy.NO_PROXY);
        }
    },
    OK_HTTP {
        @Override
        String get(URI uri, SSLSocketFactory factory) throws Exception {
            return GullibleClients.okHttp(uri, factory);
        }
    },
    APACHE_4 {
        @Override
        String get(URI uri, SSLSocketFactory factory) throws Exception {
            return GullibleClients.apache4(uri, factory);
        }
    },
    APACHE_5 {
        @Override
        String get(URI uri, SSLSocketFactory factory) throws Exception {
            return GullibleClients.apache5(uri, factory);
        }
    };

    abstract String get(URI uri, SSLSocketFactory factory) throws Exception;

    static String byUrlConnection(URI uri, SSLSocketFactory factory, Proxy proxy) throws Exception {
        HttpsURLConnection connection = (HttpsURLConnection) uri.toURL().openConnection(proxy);
        connection.setSSLSocketFactory(factory);
        connection.setHostnameVerifier(GullibleClients.ANY);
        try (var in = connection.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
