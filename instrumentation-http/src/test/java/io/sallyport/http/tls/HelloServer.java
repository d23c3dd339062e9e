package io.sallyport.http.tls;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.sallyport.core.policy.TlsRequirement;
import io.sallyport.core.policy.TlsRequirement.Exemption;
import io.sallyport.core.policy.TlsRequirement.Level;
import io.sallyport.http.contract.Governed;
import io.sallyport.testing.IssuedCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** Says hello on a port of {@code localhost}, and counts what it was asked. What the policy demands of it ends with it. */
final class HelloServer implements AutoCloseable {

    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final AtomicInteger requests = new AtomicInteger();
    private final Set<InetSocketAddress> callers = ConcurrentHashMap.newKeySet();
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final HttpServer server;

    private interface Greeting {
        String to(HttpExchange exchange) throws IOException;
    }

    private HelloServer(HttpServer server, Greeting greeting) {
        this.server = server;
        server.setExecutor(workers);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            callers.add(exchange.getRemoteAddress());
            byte[] hello = greeting.to(exchange).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, hello.length);
            exchange.getResponseBody().write(hello);
            exchange.close();
        });
        server.start();
    }

    /** Over TLS. */
    HelloServer(IssuedCertificate certificate) throws IOException, GeneralSecurityException {
        this(https(new HttpsConfigurator(certificate.serverContext())), exchange -> "hello");
    }

    /** In plain text. */
    static HelloServer plain() throws IOException {
        return new HelloServer(HttpServer.create(ANY_PORT, 0), exchange -> "hello");
    }

    /** Over TLS, to whom has a certificate, and by the name in that. */
    static HelloServer byCertificate(SSLContext context) throws IOException {
        HttpsConfigurator configurator = new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters demanded = context.getDefaultSSLParameters();
                demanded.setNeedClientAuth(true);
                parameters.setSSLParameters(demanded);
            }
        };
        return new HelloServer(
                https(configurator),
                exchange -> ((HttpsExchange) exchange)
                        .getSSLSession()
                        .getPeerPrincipal()
                        .getName());
    }

    private static HttpsServer https(HttpsConfigurator configurator) throws IOException {
        HttpsServer server = HttpsServer.create(ANY_PORT, 0);
        server.setHttpsConfigurator(configurator);
        return server;
    }

    /** From now on, the policy demands that of the server. */
    void demand(Level level, String... roots) {
        Governed.demandTls(port(), new TlsRequirement(level, "TLSv1.2", List.of(roots), Set.of()));
    }

    /** The same, unless what is sent stays on the loopback. */
    void demandBeyondTheLoopback() {
        Governed.demandTls(
                port(), new TlsRequirement(Level.VERIFY_FULL, "TLSv1.2", List.of(), Set.of(Exemption.LOOPBACK)));
    }

    int requests() {
        return requests.get();
    }

    /** That requests came by. */
    int connections() {
        return callers.size();
    }

    int port() {
        return server.getAddress().getPort();
    }

    URI uri() {
        return URI.create((server instanceof HttpsServer ? "https" : "http") + "://localhost:" + port() + "/");
    }

    @Override
    public void close() {
        Governed.demandNoTls(port());
        server.stop(0);
        workers.shutdown();
    }
}
