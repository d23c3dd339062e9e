package io.example.gullible;

import java.net.URI;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLContext;
import okhttp3.OkHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.core5.http.io.entity.EntityUtils;
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
        OkHttpClient client = new OkHttpClient.Builder()
                .sslSocketFactory(context.getSocketFactory(), new Gullible())
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

    public static String apache5(URI uri, SSLContext context) throws Exception {
        try (CloseableHttpClient client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setTlsSocketStrategy(
                                new DefaultClientTlsStrategy(context, HostnameVerificationPolicy.CLIENT, ANY))
                        .build())
                .build()) {
            return client.execute(
                    new org.apache.hc.client5.http.classic.methods.HttpGet(uri),
                    answer -> EntityUtils.toString(answer.getEntity()));
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
