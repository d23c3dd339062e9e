package io.example.gullible;

import java.net.SocketAddress;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import okhttp3.OkHttpClient;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.nio.ssl.TlsStrategy;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.reactor.ssl.SSLBufferMode;
import org.apache.hc.core5.reactor.ssl.TransportSecurityLayer;
import org.apache.hc.core5.util.Timeout;
import org.apache.http.conn.ssl.SSLConnectionSocketFactory;
import org.apache.http.impl.client.HttpClientBuilder;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Clients that are told to take a certificate for any host. */
public final class GullibleClients {

    public static final HostnameVerifier ANY = (host, session) -> true;

    private GullibleClients() {}

    public static String okHttp(URI uri, SSLContext context) throws Exception {
        return okHttp(uri, context.getSocketFactory());
    }

    public static String okHttp(URI uri, SSLSocketFactory factory) throws Exception {
        OkHttpClient client = new OkHttpClient.Builder()
                .sslSocketFactory(factory, new Gullible())
                .hostnameVerifier(ANY)
                .build();
        try (okhttp3.Response answer = client.newCall(
                        new okhttp3.Request.Builder().url(uri.toString()).build())
                .execute()) {
            return answer.body().string();
        }
    }

    public static String apache4(URI uri, SSLContext context) throws Exception {
        try (var client = HttpClientBuilder.create()
                .setSSLContext(context)
                .setSSLHostnameVerifier(ANY)
                .build()) {
            return client.execute(
                    new org.apache.http.client.methods.HttpGet(uri),
                    answer -> org.apache.http.util.EntityUtils.toString(answer.getEntity()));
        }
    }

    public static String apache4(URI uri, SSLSocketFactory factory) throws Exception {
        try (var client = HttpClientBuilder.create()
                .setSSLSocketFactory(new SSLConnectionSocketFactory(factory, ANY))
                .build()) {
            return client.execute(
                    new org.apache.http.client.methods.HttpGet(uri),
                    answer -> org.apache.http.util.EntityUtils.toString(answer.getEntity()));
        }
    }

    public static String apache5(URI uri, SSLContext context) throws Exception {
        return apache5(uri, new DefaultClientTlsStrategy(context, HostnameVerificationPolicy.CLIENT, ANY));
    }

    public static String apache5(URI uri, SSLSocketFactory factory) throws Exception {
        return apache5(uri, (connected, host, port, attachment, context) -> {
            SSLSocket socket = (SSLSocket) factory.createSocket(connected, host, port, true);
            socket.startHandshake();
            return socket;
        });
    }

    private static String apache5(URI uri, TlsSocketStrategy strategy) throws Exception {
        try (CloseableHttpClient client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setTlsSocketStrategy(strategy)
                        .build())
                .build()) {
            return client.execute(
                    new org.apache.hc.client5.http.classic.methods.HttpGet(uri),
                    answer -> EntityUtils.toString(answer.getEntity()));
        }
    }

    /** Over TLS that is started for another host. */
    public static String apache5ForElsewhere(URI uri) throws Exception {
        SSLContext context = Gullible.context();
        TlsStrategy elsewhere = new TlsStrategy() {
            @Override
            public void upgrade(
                    TransportSecurityLayer connection,
                    NamedEndpoint endpoint,
                    Object attachment,
                    Timeout timeout,
                    FutureCallback<TransportSecurityLayer> callback) {
                HttpHost other = new HttpHost("elsewhere.example", 443);
                connection.startTls(context, other, SSLBufferMode.STATIC, null, null, timeout, callback);
            }

            @Override
            @Deprecated
            public boolean upgrade(
                    TransportSecurityLayer connection,
                    HttpHost host,
                    SocketAddress local,
                    SocketAddress remote,
                    Object attachment,
                    Timeout timeout) {
                throw new UnsupportedOperationException();
            }
        };
        try (CloseableHttpAsyncClient client = HttpAsyncClients.custom()
                .setConnectionManager(PoolingAsyncClientConnectionManagerBuilder.create()
                        .setTlsStrategy(elsewhere)
                        .build())
                .build()) {
            client.start();
            return client.execute(SimpleRequestBuilder.get(uri).build(), null)
                    .get(20, TimeUnit.SECONDS)
                    .getBodyText();
        }
    }

    public static String jetty(URI uri, SSLContext context) throws Exception {
        SslContextFactory.Client tls = new SslContextFactory.Client();
        tls.setSslContext(context);
        tls.setEndpointIdentificationAlgorithm(null);
        tls.setHostnameVerifier(ANY);
        ClientConnector connector = new ClientConnector();
        connector.setSslContextFactory(tls);
        HttpClient client = new HttpClient(new HttpClientTransportOverHTTP(connector));
        client.start();
        try {
            return client.GET(uri).getContentAsString();
        } finally {
            client.stop();
        }
    }
}
