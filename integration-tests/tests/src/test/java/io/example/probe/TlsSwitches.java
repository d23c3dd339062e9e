package io.example.probe;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * Calls a server of its own by the JDK's clients, with nothing but the switches of its command line. Arguments: a key store with the server's
 * certificate, its password, and the version of TLS that the server speaks. Prints what became of each call, and how many arrived.
 */
public final class TlsSwitches {

    private final URI server;

    private TlsSwitches(URI server) {
        this.server = server;
    }

    private interface Way {
        int go() throws Exception;
    }

    public static void main(String[] arguments) throws Exception {
        AtomicInteger arrived = new AtomicInteger();
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("localhost"), 0), 0);
        SSLContext context = context(Path.of(arguments[0]), arguments[1].toCharArray());
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters own = context.getDefaultSSLParameters();
                own.setProtocols(new String[] {arguments[2]});
                parameters.setSSLParameters(own);
            }
        });
        server.createContext("/", exchange -> {
            arrived.incrementAndGet();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        TlsSwitches calls = new TlsSwitches(
                URI.create("https://localhost:" + server.getAddress().getPort() + "/"));
        attempt("java.net.http", calls::client);
        attempt("HttpsURLConnection", calls::connection);
        System.out.println("arrived: " + arrived);
        server.stop(0);
        System.exit(0);
    }

    private static void attempt(String name, Way way) {
        try {
            System.out.println(name + ": " + way.go());
        } catch (Exception e) {
            StringBuilder why = new StringBuilder();
            for (Throwable t = e; t != null; t = t.getCause()) {
                why.append(' ').append(t);
            }
            System.out.println(name + ":" + why);
        }
    }

    private int client() throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(server).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private int connection() throws Exception {
        java.net.HttpURLConnection connection =
                (java.net.HttpURLConnection) server.toURL().openConnection();
        int status = connection.getResponseCode();
        connection.disconnect();
        return status;
    }

    private static SSLContext context(Path file, char[] password) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, password);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }
}
