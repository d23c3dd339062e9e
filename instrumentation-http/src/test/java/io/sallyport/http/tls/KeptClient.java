package io.sallyport.http.tls;

import io.example.gullible.Gullible;
import io.example.gullible.GullibleClients;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.Proxy;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.http.impl.client.HttpClientBuilder;
import org.asynchttpclient.AsyncHttpClient;
import org.asynchttpclient.Dsl;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import reactor.netty.resources.ConnectionProvider;

/** Each client, told to take anybody's certificate, with the connection that it keeps: one at most, so that the next request waits for it where the client says that it is done before. */
enum KeptClient {
    URL_CONNECTION {
        @Override
        Kept open() throws Exception {
            SSLSocketFactory factory = Gullible.context().getSocketFactory();
            return new Kept(uri -> SocketClient.byUrlConnection(uri, factory, Proxy.NO_PROXY), () -> {});
        }
    },
    OK_HTTP {
        @Override
        Kept open() throws Exception {
            OkHttpClient client = new OkHttpClient.Builder()
                    .sslSocketFactory(Gullible.context().getSocketFactory(), new Gullible())
                    .hostnameVerifier(GullibleClients.ANY)
                    .build();
            return new Kept(
                    uri -> {
                        try (var answer = client.newCall(new Request.Builder()
                                        .url(uri.toString())
                                        .build())
                                .execute()) {
                            return answer.body().string();
                        }
                    },
                    client.connectionPool()::evictAll);
        }
    },
    APACHE_4 {
        @Override
        Kept open() throws Exception {
            var client = HttpClientBuilder.create()
                    .setSSLContext(Gullible.context())
                    .setSSLHostnameVerifier(GullibleClients.ANY)
                    .build();
            return new Kept(
                    uri -> client.execute(
                            new org.apache.http.client.methods.HttpGet(uri),
                            answer -> org.apache.http.util.EntityUtils.toString(answer.getEntity())),
                    client);
        }
    },
    APACHE_5 {
        @Override
        Kept open() throws Exception {
            var client = HttpClients.custom()
                    .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                            .setTlsSocketStrategy(anybodys())
                            .build())
                    .build();
            return new Kept(
                    uri -> client.execute(
                            new org.apache.hc.client5.http.classic.methods.HttpGet(uri),
                            answer -> org.apache.hc.core5.http.io.entity.EntityUtils.toString(answer.getEntity())),
                    client);
        }
    },
    APACHE_5_ASYNC {
        @Override
        Kept open() throws Exception {
            var client = HttpAsyncClients.custom()
                    .setConnectionManager(PoolingAsyncClientConnectionManagerBuilder.create()
                            .setTlsStrategy(anybodys())
                            .setMaxConnPerRoute(1)
                            .build())
                    .build();
            client.start();
            return new Kept(
                    uri -> {
                        SimpleHttpRequest request =
                                SimpleRequestBuilder.get(uri).build();
                        return client.execute(request, null)
                                .get(20, TimeUnit.SECONDS)
                                .getBodyText();
                    },
                    client);
        }
    },
    JDK {
        @Override
        Kept open() throws Exception {
            // Which verifies names itself; the certificate is for this one.
            var client = java.net.http.HttpClient.newBuilder()
                    .sslContext(Gullible.context())
                    .build();
            return new Kept(
                    uri -> client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                            .body(),
                    () -> {});
        }
    },
    JETTY {
        @Override
        Kept open() throws Exception {
            ClientConnector connector = new ClientConnector();
            connector.setSslContextFactory(new SslContextFactory.Client(true));
            HttpClient client = new HttpClient(new HttpClientTransportOverHTTP(connector));
            client.setMaxConnectionsPerDestination(1);
            client.start();
            return new Kept(uri -> client.GET(uri).getContentAsString(), client::stop);
        }
    },
    ASYNC_HTTP_CLIENT {
        @Override
        Kept open() throws Exception {
            AsyncHttpClient client = Dsl.asyncHttpClient(Dsl.config()
                    .setMaxConnectionsPerHost(1)
                    .setAcquireFreeChannelTimeout(20_000)
                    .setUseInsecureTrustManager(true)
                    .setDisableHttpsEndpointIdentificationAlgorithm(true));
            return new Kept(
                    uri -> client.prepareGet(uri.toString())
                            .execute()
                            .get(20, TimeUnit.SECONDS)
                            .getResponseBody(),
                    client);
        }
    },
    REACTOR_NETTY {
        @Override
        Kept open() throws Exception {
            var anybody = SslContextBuilder.forClient()
                    .trustManager(InsecureTrustManagerFactory.INSTANCE)
                    .endpointIdentificationAlgorithm(null)
                    .build();
            var client = reactor.netty.http.client.HttpClient.create(ConnectionProvider.create("one", 1))
                    .secure(spec -> spec.sslContext(anybody));
            return new Kept(
                    uri -> client.get()
                            .uri(uri)
                            .responseContent()
                            .aggregate()
                            .asString()
                            .block(Duration.ofSeconds(20)),
                    () -> {});
        }
    },
    VERTX {
        @Override
        Kept open() {
            Vertx vertx = Vertx.vertx();
            var client = vertx.createHttpClient(
                    new HttpClientOptions().setTrustAll(true).setVerifyHost(false),
                    new PoolOptions().setHttp1MaxSize(1));
            return new Kept(
                    uri -> client.request(new RequestOptions().setAbsoluteURI(uri.toString()))
                            .compose(request -> request.send()
                                    .compose(response -> response.body().map(Object::toString)))
                            .toCompletionStage()
                            .toCompletableFuture()
                            .get(20, TimeUnit.SECONDS),
                    vertx::close);
        }
    };

    interface Getting {
        String get(URI uri) throws Exception;
    }

    /** A client that was opened. */
    record Kept(Getting getting, AutoCloseable closing) implements AutoCloseable {

        String get(URI uri) throws Exception {
            return getting.get(uri);
        }

        @Override
        public void close() throws Exception {
            closing.close();
        }
    }

    abstract Kept open() throws Exception;

    private static DefaultClientTlsStrategy anybodys() throws Exception {
        return new DefaultClientTlsStrategy(Gullible.context(), HostnameVerificationPolicy.CLIENT, GullibleClients.ANY);
    }
}
