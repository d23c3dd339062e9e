package io.sallyport.http.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.example.gullible.Gullible;
import io.example.gullible.GullibleClients;
import io.sallyport.core.policy.TlsRequirement;
import io.sallyport.core.policy.TlsRequirement.Level;
import io.sallyport.http.contract.Governed;
import io.sallyport.testing.TestAuthority;
import java.io.File;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** BoringSSL itself, as Conscrypt and as Netty bring it: refused where TLS is demanded, before a request leaves. */
class RealForeignTlsTest {

    private static final AtomicInteger REQUESTS = new AtomicInteger();
    private static HttpsServer server;
    private static Provider conscrypt;

    @BeforeAll
    static void start() throws Exception {
        Governed.start();
        conscrypt = (Provider) library("conscrypt")
                .loadClass("org.conscrypt.OpenSSLProvider")
                .getConstructor()
                .newInstance();
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("localhost"), 0), 0);
        server.setHttpsConfigurator(
                new HttpsConfigurator(TestAuthority.selfSigned("localhost").serverContext()));
        server.createContext("/", exchange -> {
            REQUESTS.incrementAndGet();
            exchange.sendResponseHeaders(200, 5);
            exchange.getResponseBody().write("hello".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    /** An application with the jars of one folder, and with those of the class path that begin so. */
    private static ClassLoader library(String folder, String... ofClassPath) throws Exception {
        List<URL> jars = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("target", "foreign-tls", folder))) {
            for (Path file : files.toList()) {
                jars.add(file.toUri().toURL());
            }
        }
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (Stream.of(ofClassPath).anyMatch(new File(entry).getName()::startsWith)) {
                jars.add(new File(entry).toURI().toURL());
            }
        }
        return new URLClassLoader(folder, jars.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
    }

    private static URI uri() {
        return URI.create("https://localhost:" + server.getAddress().getPort() + "/");
    }

    private static void demand(Level level) {
        Governed.demandTls(server.getAddress().getPort(), new TlsRequirement(level, "TLSv1.2", List.of(), Set.of()));
    }

    private static SSLContext context(SSLContext made) throws Exception {
        made.init(null, new TrustManager[] {new Gullible()}, null);
        return made;
    }

    private static String byUrlConnection(SSLContext context) throws Exception {
        HttpsURLConnection connection = (HttpsURLConnection) uri().toURL().openConnection();
        connection.setSSLSocketFactory(context.getSocketFactory());
        connection.setHostnameVerifier((host, session) -> true);
        try (InputStream in = connection.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String byJdkClient(SSLContext context) throws Exception {
        return HttpClient.newBuilder()
                .sslContext(context)
                .build()
                .send(HttpRequest.newBuilder(uri()).build(), BodyHandlers.ofString())
                .body();
    }

    private static void assertRefused(Callable<String> call, String whose) {
        int before = REQUESTS.get();
        assertThatThrownBy(call::call)
                .hasStackTraceContaining("its TLS is that of " + whose)
                .hasStackTraceContaining("not the JDK's");
        assertThat(REQUESTS).hasValue(before);
    }

    @Test
    void conscryptIsRefusedInEveryClientThatIsGivenIt() throws Exception {
        SSLContext context = context(SSLContext.getInstance("TLS", conscrypt));
        demand(Level.REQUIRE);

        for (Callable<String> call : List.<Callable<String>>of(
                () -> byUrlConnection(context),
                () -> byJdkClient(context),
                () -> GullibleClients.okHttp(uri(), context),
                () -> GullibleClients.apache4(uri(), context),
                () -> GullibleClients.apache5(uri(), context),
                () -> GullibleClients.jetty(uri(), context))) {
            assertRefused(call, "org.conscrypt.");
        }
    }

    @Test
    void conscryptPutBeforeTheJdksProvidersIsRefusedToo() throws Exception {
        demand(Level.REQUIRE);
        Security.insertProviderAt(conscrypt, 1);
        try {
            SSLContext context = context(SSLContext.getInstance("TLS"));
            assertThat(context.getProvider()).isSameAs(conscrypt);

            assertRefused(() -> byUrlConnection(context), "org.conscrypt.");
            assertRefused(() -> byJdkClient(context), "org.conscrypt.");
        } finally {
            Security.removeProvider(conscrypt.getName());
        }
    }

    @Test
    void whereNothingIsDemandedConscryptReachesTheServer() throws Exception {
        demand(Level.OFF);

        assertThat(byUrlConnection(context(SSLContext.getInstance("TLS", conscrypt))))
                .isEqualTo("hello");
    }

    /** Its library is one for each platform, and the build brings this one's. */
    @Test
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
    void nettysEngineOverBoringSslIsRefusedWhenItBegins() throws Exception {
        SSLEngine free = boringSsl();
        demand(Level.OFF);
        free.beginHandshake();

        SSLEngine engine = boringSsl();
        demand(Level.REQUIRE);
        assertThatThrownBy(engine::beginHandshake)
                .hasMessageContaining("its TLS is that of io.netty.handler.ssl.")
                .hasMessageContaining("not the JDK's");
    }

    private static SSLEngine boringSsl() throws Exception {
        ClassLoader netty = library("tcnative", "netty-");
        netty.loadClass("io.netty.handler.ssl.OpenSsl")
                .getMethod("ensureAvailability")
                .invoke(null);
        Class<?> builders = netty.loadClass("io.netty.handler.ssl.SslContextBuilder");
        Class<?> providers = netty.loadClass("io.netty.handler.ssl.SslProvider");
        Object builder = builders.getMethod("forClient").invoke(null);
        builders.getMethod("sslProvider", providers)
                .invoke(builder, providers.getField("OPENSSL").get(null));
        Object context = builders.getMethod("build").invoke(builder);
        Class<?> allocators = netty.loadClass("io.netty.buffer.ByteBufAllocator");
        return (SSLEngine) netty.loadClass("io.netty.handler.ssl.SslContext")
                .getMethod("newEngine", allocators, String.class, int.class)
                .invoke(
                        context,
                        allocators.getField("DEFAULT").get(null),
                        "localhost",
                        server.getAddress().getPort());
    }
}
