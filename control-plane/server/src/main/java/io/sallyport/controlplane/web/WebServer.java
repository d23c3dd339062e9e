package io.sallyport.controlplane.web;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.json.JavalinJackson;
import io.sallyport.controlplane.Problem;
import io.sallyport.controlplane.StartFailure;
import io.sallyport.controlplane.configuration.AddressRanges;
import io.sallyport.controlplane.configuration.LimitSettings;
import io.sallyport.protocol.Wire;
import java.io.IOException;
import java.net.BindException;
import java.net.SocketException;
import java.nio.channels.UnresolvedAddressException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The HTTPS port. */
final class WebServer implements AutoCloseable {

    /** Largest frame from an agent. */
    private static final long MOST_FRAME_BYTES = 2 * 1024 * 1024;

    private static final Duration CHANNEL_SILENCE = Duration.ofSeconds(45);

    private final Javalin javalin;
    private final String host;
    private final int wanted;
    private final AtomicReference<ServerConnector> connector;
    private final SslContextFactory.Server tls;

    private WebServer(
            Javalin javalin,
            String host,
            int wanted,
            AtomicReference<ServerConnector> connector,
            SslContextFactory.Server tls) {
        this.tls = tls;
        this.javalin = javalin;
        this.host = host;
        this.wanted = wanted;
        this.connector = connector;
    }

    static WebServer create(
            String host,
            int port,
            AddressRanges trustedProxies,
            X509Certificate clientAuthority,
            KeyStore keys,
            String keyPassword,
            Endpoints endpoints,
            Access access,
            AgentRoutes agents,
            LimitSettings limits,
            Clock clock) {
        AtomicReference<ServerConnector> connector = new AtomicReference<>();
        HeadDeadline heads = new HeadDeadline(clock);
        SslContextFactory.Server tls = tls(clientAuthority, keys, keyPassword);
        Javalin javalin = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.startup.startupWatcherEnabled = false;
            config.http.maxRequestSize = WholeBodies.MOST_BYTES;
            config.http.asyncTimeout = 0;
            config.jsonMapper(new JavalinJackson(Wire.json(), false));
            config.jetty.threadPool = new QueuedThreadPool(128, 8, 60_000);
            config.jetty.modifyServer(server -> server.setHandler(handlers(heads, clock)));
            config.jetty.addConnector((server, http) -> {
                ServerConnector https = https(server, http, host, port, trustedProxies, tls);
                https.addBean(new NetworkConnectionLimit(limits.mostConnections(), https));
                https.addBean(new AddressLimit(limits.mostConnectionsPerAddress(), trustedProxies));
                https.addEventListener(heads);
                connector.set(https);
                return https;
            });
            config.jetty.modifyWebSocketServletFactory(factory -> {
                factory.setMaxTextMessageSize(MOST_FRAME_BYTES);
                factory.setMaxFrameSize(MOST_FRAME_BYTES);
                factory.setIdleTimeout(CHANNEL_SILENCE);
            });
            // Javalin opens a servlet session for each WebSocket; nothing here uses it, so it gets no cookie and a
            // short life.
            config.jetty.modifyServletContextHandler(context -> {
                context.getSessionHandler().setUsingCookies(false);
                context.getSessionHandler().setMaxInactiveInterval(60);
            });
            routes(config, endpoints, access, agents);
        });
        return new WebServer(javalin, host, port, connector, tls);
    }

    /** What is before Javalin. */
    private static Handler handlers(HeadDeadline heads, Clock clock) {
        WholeBodies bodies = new WholeBodies(clock);
        bodies.setHandler(new LargeAnswers(clock));
        heads.setHandler(bodies);
        return heads;
    }

    /** Nothing here takes a body in several parts, and to parse one is to write it to the disk. */
    private static void refuseParts(Context request) {
        String type = request.contentType();
        if (type != null && type.strip().toLowerCase(Locale.ROOT).startsWith("multipart/")) {
            throw new Problem(Problem.Kind.UNSUPPORTED, "nothing here takes a body in several parts");
        }
    }

    private static void routes(JavalinConfig config, Endpoints endpoints, Access access, AgentRoutes agents) {
        config.routes.before(SecurityHeaders::add);
        config.routes.before(WholeBodies::requireTaken);
        config.routes.before(WebServer::refuseParts);
        for (Endpoint endpoint : endpoints.table()) {
            config.routes.addHttpHandler(endpoint.method(), endpoint.path(), Errors.answered(endpoint.guarded(access)));
        }
        agents.register(config.routes);
        Errors.register(config.routes);
    }

    private static ServerConnector https(
            Server server,
            HttpConfiguration http,
            String host,
            int port,
            AddressRanges trustedProxies,
            SslContextFactory.Server tls) {
        HttpConfiguration secure = new HttpConfiguration(http);
        secure.setSendServerVersion(false);
        // The certificate covers few names; a port forward under another one is refused by the client, not here.
        secure.addCustomizer(new SecureRequestCustomizer(false));
        secure.addCustomizer(new ForwardedAddress(trustedProxies));
        ServerConnector connector = new ServerConnector(
                server, new SslConnectionFactory(tls, "http/1.1"), new HttpConnectionFactory(secure));
        connector.setHost(host);
        connector.setPort(port);
        return connector;
    }

    private static SslContextFactory.Server tls(X509Certificate clientAuthority, KeyStore keys, String keyPassword) {
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setKeyStore(keys);
        tls.setKeyStorePassword(keyPassword);
        tls.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        // Agents present the certificate that their credential is bound to; nobody else has one.
        tls.setTrustStore(trusting(clientAuthority));
        tls.setWantClientAuth(true);
        return tls;
    }

    /** Shows another certificate from the next handshake on; connections that are open go on. */
    void serve(KeyStore keys) {
        try {
            tls.reload(factory -> factory.setKeyStore(keys));
        } catch (Exception e) {
            throw new IllegalStateException("the certificate cannot be served", e);
        }
    }

    private static KeyStore trusting(X509Certificate authority) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("agents", authority);
            return store;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has PKCS12", e);
        }
    }

    /** @throws StartFailure when the port cannot be opened */
    void start() {
        try {
            javalin.start();
        } catch (RuntimeException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof BindException) {
                    throw new StartFailure(
                            "port " + wanted + " on " + host
                                    + " is in use or not allowed; stop what uses it, or choose another" + " --port",
                            e);
                }
                if (cause instanceof UnresolvedAddressException || cause instanceof SocketException) {
                    throw new StartFailure(
                            "cannot listen on " + host + "; --host takes an address of this machine, or 0.0.0.0", e);
                }
            }
            throw e;
        }
    }

    /** The port that was opened. */
    int port() {
        Connector open = connector.get();
        return open instanceof ServerConnector https ? https.getLocalPort() : -1;
    }

    @Override
    public void close() {
        javalin.stop();
    }
}
