package io.sallyport.benchmarks.http;

import com.sun.net.httpserver.HttpServer;
import io.sallyport.benchmarks.core.JsonBody;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Answers {@code /small} with 2 KB and {@code /large} with 1 MB of JSON. */
public final class LocalServer implements AutoCloseable {

    static {
        // Head and body are written apart; without this each answer waits 40 ms for the client's delayed
        // acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private LocalServer(HttpServer server) {
        this.server = server;
    }

    public static LocalServer start() throws IOException {
        LocalServer started =
                new LocalServer(HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 50));
        started.serve("/small", JsonBody.ofAbout(2_000));
        started.serve("/large", JsonBody.ofAbout(1_000_000));
        started.server.setExecutor(started.threads);
        started.server.start();
        return started;
    }

    private void serve(String path, byte[] body) {
        server.createContext(path, exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
