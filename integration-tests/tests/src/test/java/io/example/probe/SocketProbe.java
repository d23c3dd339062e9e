package io.example.probe;

import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactoryOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.SocketChannel;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Properties;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Connects to a PostgreSQL in every way that it knows, and prints what became of each. */
public final class SocketProbe {

    private final String host;
    private final int port;
    private final String user;
    private final String password;

    private SocketProbe(String[] arguments) {
        host = arguments[0];
        port = Integer.parseInt(arguments[1]);
        user = arguments[2];
        password = arguments[3];
    }

    private interface Way {
        void go() throws Exception;
    }

    public static void main(String[] arguments) {
        SocketProbe probe = new SocketProbe(arguments);
        probe.attempt("early socket", probe::socket);
        probe.attempt("jdbc", () -> probe.jdbc("0"));
        probe.attempt("jdbc on a thread of its own", () -> probe.jdbc("30"));
        probe.attempt("socket", probe::socket);
        probe.attempt("channel", () -> SocketChannel.open(probe.address()).close());
        probe.attempt("asynchronous channel", probe::asynchronous);
        probe.attempt("r2dbc", probe::r2dbc);
        System.out.println("end");
    }

    private void attempt(String name, Way way) {
        try {
            way.go();
            System.out.println(name + ": connected");
        } catch (Exception e) {
            Throwable root = e;
            while (root.getCause() != null && root.getCause() != root) {
                root = root.getCause();
            }
            System.out.println(name + ": " + root.getClass().getName() + ": " + root.getMessage());
        }
    }

    private InetSocketAddress address() {
        return new InetSocketAddress(host, port);
    }

    private void jdbc(String loginTimeout) throws Exception {
        Properties info = new Properties();
        info.setProperty("user", user);
        info.setProperty("password", password);
        info.setProperty("loginTimeout", loginTimeout);
        try (Connection c = DriverManager.getConnection("jdbc:postgresql://" + host + ":" + port + "/postgres", info)) {
            c.isValid(10);
        }
    }

    private void socket() throws IOException {
        new Socket(host, port).close();
    }

    private void asynchronous() throws Exception {
        try (AsynchronousSocketChannel c = AsynchronousSocketChannel.open()) {
            c.connect(address()).get();
        }
    }

    private void r2dbc() {
        ConnectionFactoryOptions options = ConnectionFactoryOptions.builder()
                .option(ConnectionFactoryOptions.DRIVER, "postgresql")
                .option(ConnectionFactoryOptions.HOST, host)
                .option(ConnectionFactoryOptions.PORT, port)
                .option(ConnectionFactoryOptions.USER, user)
                .option(ConnectionFactoryOptions.PASSWORD, password)
                .option(ConnectionFactoryOptions.DATABASE, "postgres")
                .build();
        Mono.from(ConnectionFactories.get(options).create())
                .flatMapMany(c -> Flux.from(c.createStatement("SELECT 1").execute())
                        .flatMap(result -> result.map((row, about) -> row.get(0)))
                        .concatWith(Mono.from(c.close()).then(Mono.empty())))
                .blockLast(Duration.ofSeconds(30));
    }
}
