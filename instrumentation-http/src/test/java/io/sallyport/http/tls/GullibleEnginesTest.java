package io.sallyport.http.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.example.gullible.GullibleClients;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.sallyport.core.policy.TlsRequirement.Level;
import io.sallyport.http.contract.Governed;
import io.sallyport.testing.TestAuthority;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.asynchttpclient.AsyncHttpClient;
import org.asynchttpclient.Dsl;
import org.asynchttpclient.SslEngineFactory;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients over engines that are told to take anybody's certificate for any host: their engines may not be told whom they speak to. */
@Timeout(60)
class GullibleEnginesTest {

    private HelloServer server;

    private enum Client {
        ASYNC_HTTP_CLIENT {
            @Override
            String get(URI uri) throws Exception {
                try (AsyncHttpClient client = Dsl.asyncHttpClient(Dsl.config()
                        .setUseInsecureTrustManager(true)
                        .setDisableHttpsEndpointIdentificationAlgorithm(true))) {
                    return client.prepareGet(uri.toString())
                            .execute()
                            .get(20, TimeUnit.SECONDS)
                            .getResponseBody();
                }
            }
        },
        /** An application's own factory, whose engines nobody told a peer. */
        ASYNC_HTTP_CLIENT_WITH_A_FACTORY {
            @Override
            String get(URI uri) throws Exception {
                return made(uri, SSLContext::createSSLEngine);
            }
        },
        /** An application's own factory, which tells its engines another peer. */
        ASYNC_HTTP_CLIENT_WITH_A_LYING_FACTORY {
            @Override
            String get(URI uri) throws Exception {
                return made(uri, context -> context.createSSLEngine("elsewhere.example", 443));
            }
        },
        /** Which keeps the name from engines whose sessions are not to be cached. */
        JETTY {
            @Override
            String get(URI uri) throws Exception {
                SslContextFactory.Client anybody = new SslContextFactory.Client(true);
                anybody.setSessionCachingEnabled(false);
                return by(anybody, uri);
            }
        },
        /** An application's own factory, whose engines nobody told a peer. */
        JETTY_WITH_A_FACTORY {
            @Override
            String get(URI uri) throws Exception {
                return by(
                        new SslContextFactory.Client(true) {
                            @Override
                            public SSLEngine newSSLEngine(String host, int port) {
                                return newSSLEngine();
                            }
                        },
                        uri);
            }
        },
        /** An application's own factory, which tells its engines another peer. */
        JETTY_WITH_A_LYING_FACTORY {
            @Override
            String get(URI uri) throws Exception {
                return by(
                        new SslContextFactory.Client(true) {
                            @Override
                            public SSLEngine newSSLEngine(String host, int port) {
                                return super.newSSLEngine("elsewhere.example", port);
                            }
                        },
                        uri);
            }
        },
        /** An application's own strategy, which starts TLS with another peer. */
        APACHE_5_WITH_A_LYING_STRATEGY {
            @Override
            String get(URI uri) throws Exception {
                return GullibleClients.apache5ForElsewhere(uri);
            }
        },
        REACTOR_NETTY {
            @Override
            String get(URI uri) throws Exception {
                var anybody = SslContextBuilder.forClient()
                        .trustManager(InsecureTrustManagerFactory.INSTANCE)
                        .endpointIdentificationAlgorithm(null)
                        .build();
                return reactor.netty.http.client.HttpClient.create()
                        .secure(spec -> spec.sslContext(anybody))
                        .get()
                        .uri(uri)
                        .responseContent()
                        .aggregate()
                        .asString()
                        .block(Duration.ofSeconds(20));
            }
        },
        VERTX {
            @Override
            String get(URI uri) throws Exception {
                Vertx vertx = Vertx.vertx();
                io.vertx.core.http.HttpClient client = vertx.createHttpClient(
                        new HttpClientOptions().setTrustAll(true).setVerifyHost(false));
                try {
                    return client.request(new RequestOptions().setAbsoluteURI(uri.toString()))
                            // Within: of an answer that comes before its body is asked for, Vert.x drops the body.
                            .compose(request -> request.send()
                                    .compose(response -> response.body().map(Object::toString)))
                            .toCompletionStage()
                            .toCompletableFuture()
                            .get(20, TimeUnit.SECONDS);
                } finally {
                    client.close();
                    vertx.close();
                }
            }
        };

        abstract String get(URI uri) throws Exception;

        /** By Jetty with that factory. */
        private static String by(SslContextFactory.Client anybody, URI uri) throws Exception {
            ClientConnector connector = new ClientConnector();
            connector.setSslContextFactory(anybody);
            HttpClient client = new HttpClient(new HttpClientTransportOverHTTP(connector));
            client.start();
            try {
                return client.GET(uri).getContentAsString();
            } finally {
                client.stop();
            }
        }

        /** By AsyncHttpClient over engines that the application makes. */
        private static String made(URI uri, Function<SSLContext, SSLEngine> factory) throws Exception {
            SSLContext anybody = SSLContext.getInstance("TLS");
            anybody.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
            SslEngineFactory engines = (config, host, port) -> {
                SSLEngine engine = factory.apply(anybody);
                engine.setUseClientMode(true);
                return engine;
            };
            try (AsyncHttpClient client = Dsl.asyncHttpClient(Dsl.config().setSslEngineFactory(engines))) {
                return client.prepareGet(uri.toString())
                        .execute()
                        .get(20, TimeUnit.SECONDS)
                        .getResponseBody();
            }
        }
    }

    static {
        Governed.start();
    }

    @BeforeEach
    void serve() throws Exception {
        server = new HelloServer(TestAuthority.selfSigned("other.example"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void whatTheyTakeAndThePolicyDoesNotIsRefusedBeforeARequestLeaves(Client client) throws Exception {
        URI uri = server.uri();
        assertThat(client.get(uri)).isEqualTo("hello");
        server.demand(Level.VERIFY_FULL);

        assertThatThrownBy(() -> client.get(uri)).hasStackTraceContaining("does not lead to a trusted root");
        assertThat(server.requests()).isEqualTo(1);
    }
}
