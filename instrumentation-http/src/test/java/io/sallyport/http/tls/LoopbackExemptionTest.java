package io.sallyport.http.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpServer;
import io.sallyport.http.contract.Governed;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ProxyOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.asynchttpclient.Dsl;
import org.asynchttpclient.proxy.ProxyServer;
import org.asynchttpclient.proxy.ProxyType;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Origin;
import org.eclipse.jetty.client.Socks5Proxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Plain text on the loopback, which the policy exempts: not where a proxy leads it elsewhere. Proxies of sockets are the module {@code sockets}'. */
@Timeout(60)
class LoopbackExemptionTest {

    private HelloServer server;
    private SocksServer socks;

    private enum Client {
        URL_CONNECTION_BY_HTTP_PROXY {
            @Override
            String get(URI uri, InetSocketAddress proxy) throws Exception {
                return read(uri, new Proxy(Proxy.Type.HTTP, proxy));
            }
        },
        JDK_BY_HTTP_PROXY {
            @Override
            String get(URI uri, InetSocketAddress proxy) throws Exception {
                return java.net.http.HttpClient.newBuilder()
                        .proxy(ProxySelector.of(proxy))
                        .build()
                        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                        .body();
            }
        },
        JETTY {
            @Override
            String get(URI uri, InetSocketAddress proxy) throws Exception {
                HttpClient client = new HttpClient();
                client.getProxyConfiguration()
                        .addProxy(new Socks5Proxy(new Origin.Address(proxy.getHostString(), proxy.getPort()), false));
                client.start();
                try {
                    return client.GET(uri).getContentAsString();
                } finally {
                    client.stop();
                }
            }
        },
        ASYNC_HTTP_CLIENT {
            @Override
            String get(URI uri, InetSocketAddress proxy) throws Exception {
                ProxyServer by = new ProxyServer.Builder(proxy.getHostString(), proxy.getPort())
                        .setProxyType(ProxyType.SOCKS_V5)
                        .build();
                try (var client = Dsl.asyncHttpClient()) {
                    return client.prepareGet(uri.toString())
                            .setProxyServer(by)
                            .execute()
                            .get(20, TimeUnit.SECONDS)
                            .getResponseBody();
                }
            }
        },
        REACTOR_NETTY {
            @Override
            String get(URI uri, InetSocketAddress proxy) {
                return reactor.netty.http.client.HttpClient.create()
                        .proxy(spec -> spec.type(reactor.netty.transport.ProxyProvider.Proxy.SOCKS5)
                                .socketAddress(proxy))
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
            String get(URI uri, InetSocketAddress proxy) throws Exception {
                Vertx vertx = Vertx.vertx();
                var client = vertx.createHttpClient(new HttpClientOptions()
                        .setProxyOptions(new ProxyOptions()
                                .setType(io.vertx.core.net.ProxyType.SOCKS5)
                                .setHost(proxy.getHostString())
                                .setPort(proxy.getPort())));
                try {
                    return client.request(new RequestOptions().setAbsoluteURI(uri.toString()))
                            .compose(request -> request.send()
                                    .compose(response -> response.body().map(Object::toString)))
                            .toCompletionStage()
                            .toCompletableFuture()
                            .get(20, TimeUnit.SECONDS);
                } finally {
                    vertx.close();
                }
            }
        };

        abstract String get(URI uri, InetSocketAddress proxy) throws Exception;
    }

    private static String read(URI uri, Proxy proxy) throws Exception {
        try (var in = uri.toURL().openConnection(proxy).getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @BeforeEach
    void start() throws Exception {
        Governed.start();
        socks = new SocksServer();
        server = HelloServer.plain();
        server.demandBeyondTheLoopback();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        socks.close();
    }

    @Test
    void whatGoesToTheLoopbackIsExempt() throws Exception {
        assertThat(read(server.uri(), Proxy.NO_PROXY)).isEqualTo("hello");
    }

    /** Whatever a client's own name service says. */
    @Test
    void aNameOfTheLoopbackThatLeadsToAnotherAddressIsNot() throws Exception {
        InetAddress other = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .findFirst()
                .orElse(null);
        assumeThat(other).as("an address besides the loopback's").isNotNull();
        HttpServer there = HttpServer.create(new InetSocketAddress(other, server.port()), 0);
        there.start();
        OkHttpClient client =
                new OkHttpClient.Builder().dns(name -> List.of(other)).build();
        try {
            assertThatThrownBy(() -> client.newCall(new Request.Builder()
                                    .url(server.uri().toString())
                                    .build())
                            .execute())
                    .hasStackTraceContaining("it leads to " + other.getHostAddress());
        } finally {
            there.stop(0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatAProxyLeadsElsewhereIsNot(Client client) {
        assertThatThrownBy(() -> client.get(server.uri(), socks.address()))
                .hasStackTraceContaining(
                        "It does not stay on the loopback, which would be exempt: it leads to the proxy");
        assertThat(socks.received()).isZero();
    }
}
