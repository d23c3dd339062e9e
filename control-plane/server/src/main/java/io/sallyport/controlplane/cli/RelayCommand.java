package io.sallyport.controlplane.cli;

import com.sun.net.httpserver.HttpServer;
import io.sallyport.controlplane.StartFailure;
import io.sallyport.controlplane.relay.HostPort;
import io.sallyport.controlplane.relay.Relay;
import io.sallyport.controlplane.relay.RelayCertificates;
import io.sallyport.controlplane.relay.RelayEnrolment;
import io.sallyport.controlplane.relay.RelayFiles;
import io.sallyport.controlplane.relay.RelaySettings;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a relay beside a target without TLS until it is told to stop. */
@Command(
        name = "relay",
        description = "Carries connections to a target that speaks no TLS itself; callers show a certificate.",
        mixinStandardHelpOptions = true)
final class RelayCommand implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(RelayCommand.class);
    private static final long LOOK = Duration.ofSeconds(5).toMillis();

    @Option(names = "--listen", required = true, paramLabel = "HOST:PORT", description = "Where agents connect.")
    private String listen = "";

    @Option(names = "--target", required = true, paramLabel = "HOST:PORT", description = "The only target.")
    private String target = "";

    @Option(
            names = "--control-plane",
            paramLabel = "URL",
            description = "Where the relay enrols for its certificate and renews it.")
    private @Nullable String controlPlane;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "Join token for the first start, made by join-token --relay NAME.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--data",
            defaultValue = "relay",
            paramLabel = "DIR",
            description = "Where an enrolled relay keeps key and certificate. Default ${DEFAULT-VALUE}.")
    private Path data = Path.of("");

    @Option(
            names = "--certificate",
            paramLabel = "FILE",
            description = "In place of --control-plane: PEM; read again when it changes.")
    private @Nullable Path certificate;

    @Option(names = "--key", paramLabel = "FILE", description = "PKCS #8 PEM; read again when it changes.")
    private @Nullable Path key;

    @Option(
            names = "--ca",
            required = true,
            paramLabel = "FILE",
            description = "Whose client certificates are admitted: the control plane's ca.pem.")
    private Path authority = Path.of("");

    @Option(names = "--max-connections", defaultValue = "1000", description = "Default ${DEFAULT-VALUE}.")
    private int maxConnections;

    @Option(
            names = "--drain",
            defaultValue = "30",
            paramLabel = "SECONDS",
            description = "How long a stop waits for open connections. Default ${DEFAULT-VALUE}.")
    private long drain;

    @Option(names = "--metrics", paramLabel = "HOST:PORT", description = "Where Prometheus finds /metrics.")
    private @Nullable String metrics;

    @Override
    public void run() {
        Relay relay = start();
        HttpServer page = metrics == null ? null : metricsPage(relay, HostPort.parse(metrics));
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            relay.drain(Duration.ofSeconds(drain));
                            if (page != null) {
                                page.stop(0);
                            }
                            ended.countDown();
                        },
                        "shutdown"));
        PrintStream out = System.out;
        out.println("relay to " + target + " listens on port " + relay.port());
        out.flush();
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Relay start() {
        try {
            RelaySettings settings = new RelaySettings(HostPort.parse(listen), HostPort.parse(target), maxConnections);
            RelayEnrolment enrolment = enrolment();
            Relay relay = new Relay(settings, new RelayCertificates(files(enrolment)));
            if (enrolment != null) {
                Thread following = new Thread(() -> follow(enrolment, relay), "control-plane");
                following.setDaemon(true);
                following.start();
            }
            return relay;
        } catch (IllegalArgumentException e) {
            throw new StartFailure("the relay cannot start: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new StartFailure("the relay cannot start: " + e.getMessage(), e);
        } catch (Exception e) {
            // Netty throws what bind() met as it is, declared or not.
            throw new StartFailure("the relay cannot listen on " + listen + ": " + e.getMessage(), e);
        }
    }

    private @Nullable RelayEnrolment enrolment() {
        return controlPlane == null ? null : new RelayEnrolment(controlPlane, authority, data, Clock.systemUTC());
    }

    private RelayFiles files(@Nullable RelayEnrolment enrolment) throws IOException {
        if (certificate != null && key != null && enrolment == null) {
            return new RelayFiles(certificate, key, authority);
        }
        if (certificate != null || key != null || enrolment == null) {
            throw new IllegalArgumentException("give --control-plane, or --certificate and --key");
        }
        return enrolment.ensure(tokenFile);
    }

    /** Renews the certificate in time, and cuts off whom the control plane has revoked. */
    private static void follow(RelayEnrolment enrolment, Relay relay) {
        boolean away = false;
        try {
            while (true) {
                enrolment.renewIfDue();
                try {
                    relay.cutOff(enrolment.revoked());
                    away = false;
                } catch (IOException unknown) {
                    if (!away) {
                        LOG.warn("who was revoked meanwhile is not known: {}", unknown.getMessage());
                    }
                    away = true;
                }
                Thread.sleep(LOOK);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static HttpServer metricsPage(Relay relay, HostPort at) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(at.host(), at.port()), 0);
            server.createContext("/metrics", exchange -> {
                byte[] text = relay.metrics().text().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
                exchange.sendResponseHeaders(200, text.length);
                try (exchange) {
                    exchange.getResponseBody().write(text);
                }
            });
            server.start();
            return server;
        } catch (IOException e) {
            relay.close();
            throw new StartFailure("the relay's metrics cannot be served on " + at + ": " + e.getMessage(), e);
        }
    }
}
