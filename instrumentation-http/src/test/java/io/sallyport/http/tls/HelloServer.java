package io.sallyport.http.tls;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.sallyport.testing.IssuedCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Says hello over TLS on a port of {@code localhost}, and counts what it was asked. */
final class HelloServer implements AutoCloseable {

    private final AtomicInteger requests = new AtomicInteger();
    private final Set<InetSocketAddress> callers = ConcurrentHashMap.newKeySet();
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final HttpsServer server;

    HelloServer(IssuedCertificate certificate) throws IOException, GeneralSecurityException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("localhost"), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificate.serverContext()));
        server.setExecutor(workers);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            callers.add(exchange.getRemoteAddress());
            byte[] hello = "hello".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, hello.length);
            exchange.getResponseBody().write(hello);
            exchange.close();
        });
        server.start();
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
        return URI.create("https://localhost:" + port() + "/");
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdown();
    }
}
