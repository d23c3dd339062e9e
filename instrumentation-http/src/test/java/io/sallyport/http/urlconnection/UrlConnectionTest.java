package io.sallyport.http.urlconnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.policy.PolicySnapshot.RecordLevel;
import io.sallyport.http.contract.CountingCookies;
import io.sallyport.http.contract.Governed;
import io.sallyport.http.contract.HttpClientContract;
import io.sallyport.http.contract.Proxy;
import io.sallyport.http.contract.Server;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Authenticator;
import java.net.CacheRequest;
import java.net.CacheResponse;
import java.net.CookieHandler;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.ProxySelector;
import java.net.ResponseCache;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UrlConnectionTest extends HttpClientContract {

    private HttpURLConnection open(Request request) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) request.uri().toURL().openConnection();
        connection.setRequestMethod(request.method());
        request.headers().forEach(connection::setRequestProperty);
        return connection;
    }

    private static Answer call(HttpURLConnection connection, String body) throws IOException {
        if (!body.isEmpty()) {
            connection.setDoOutput(true);
            connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        }
        int status = connection.getResponseCode();
        try (InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return new Answer(status, connection.getHeaderFields(), in.readAllBytes());
        }
    }

    @Override
    protected Answer call(Request request) throws Exception {
        return call(open(request), request.body());
    }

    @Override
    protected Answer call(Request request, Duration limit) throws Exception {
        HttpURLConnection connection = open(request);
        connection.setReadTimeout((int) limit.toMillis());
        return call(connection, request.body());
    }

    private Answer callWithStoredCookie(String name, String path, Request request) throws Exception {
        CookieHandler before = CookieHandler.getDefault();
        CookieHandler.setDefault(stored(name, path, request.uri()));
        try {
            return call(request);
        } finally {
            CookieHandler.setDefault(before);
        }
    }

    @Override
    protected Answer callWithStoredCookie(String name, Request request) throws Exception {
        return callWithStoredCookie(name, "/", request);
    }

    @Test
    void aHandlerOfCookiesIsAskedOnceForEachRequest() throws Exception {
        CountingCookies cookies = new CountingCookies();
        CookieHandler before = CookieHandler.getDefault();
        CookieHandler.setDefault(cookies);
        try {
            assertThat(call(get("/redirect?to=/open")).text()).isEqualTo(Server.BODY);
            assertThat(cookies.asked()).containsExactly("/redirect", "/open");
            assertThat(call(request("POST", "/open?echo", "a body")).text()).isEqualTo("a body");
            assertThat(cookies.asked()).containsExactly("/redirect", "/open", "/open");
            assertThat(server.fields()).contains("Cookie");
        } finally {
            CookieHandler.setDefault(before);
        }
    }

    @Test
    void aCookieForWhereARedirectLeadsDoesNotEvadeARule() {
        assertThatThrownBy(() -> callWithStoredCookie("forbidden", "/open", get("/redirect?to=/open")))
                .isInstanceOf(refusal())
                .hasMessageContaining("no-denied");
        assertThat(server.seen()).containsExactly("GET /redirect?to=/open");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Authorization", "proxy-authorization"})
    void aRuleAboutCredentialsSeesThoseThatTheApplicationSet(String name) throws Exception {
        HttpURLConnection open = open(get("/open"));
        open.setRequestProperty(name, "Basic x");
        assertThat(open.getResponseCode()).isEqualTo(200);
        HttpURLConnection forbidden = open(get("/open"));
        forbidden.addRequestProperty("Authorization", "Basic Zm9yYmlkZGVuOng=");
        assertThat(forbidden.getRequestProperty("Authorization")).isNull();
        assertThatThrownBy(forbidden::getInputStream).isInstanceOf(refusal()).hasMessageContaining("no-denied");
        assertThat(server.seen()).containsExactly("GET /open");
    }

    @Test
    void afterItIsClosedAWatchedBodySaysSoAsWithoutTheAgent() throws Exception {
        Governed.record(RecordLevel.FULL);
        InputStream watched = open(get("/open")).getInputStream();
        watched.close();
        assertThatThrownBy(watched::read).isInstanceOf(IOException.class).hasMessage("stream is closed");
    }

    /** A URL of another scheme goes to a proxy as a request of HTTP. */
    @Test
    void aGovernedPlaceThatIsTakenForAProxyForFtpHasItsSayToo() throws Exception {
        int place = server.plain("/").getPort();
        java.net.Proxy governed =
                new java.net.Proxy(java.net.Proxy.Type.HTTP, new InetSocketAddress("127.0.0.1", place));
        URL elsewhere = new URL("ftp://elsewhere.example/open");
        assertThat(elsewhere.openConnection(governed).getInputStream().readAllBytes())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(Server.BODY);
        Governed.close(place);
        try {
            assertThatThrownBy(() -> elsewhere.openConnection(governed).getInputStream())
                    .isInstanceOf(refusal())
                    .hasMessageContaining("no-denied");
        } finally {
            Governed.open(place);
        }
        assertThat(server.seen()).hasSize(1);
    }

    /** Over TLS, {@code connect} takes changes until the connection is there. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRequestThatChangesWhileItsConnectionIsMadeIsDecidedAsItIsWritten(boolean byMethod) throws Exception {
        HttpURLConnection changing = open(get("/open"));
        ProxySelector before = ProxySelector.getDefault();
        ProxySelector.setDefault(new ProxySelector() {
            @Override
            public List<java.net.Proxy> select(URI uri) {
                try {
                    if (!uri.getScheme().equals("https")) {
                        // A socket of the test's server.
                    } else if (byMethod) {
                        changing.setRequestMethod("DELETE");
                    } else {
                        changing.setRequestProperty("X-Forbidden", "1");
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                return List.of(java.net.Proxy.NO_PROXY);
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException e) {}
        });
        try {
            changing.connect();
        } finally {
            ProxySelector.setDefault(before);
        }
        assertThatThrownBy(changing::getInputStream).isInstanceOf(refusal()).hasMessageContaining("no-denied");
        assertThat(server.seen()).isEmpty();
    }

    @Override
    protected Set<String> sentAgain() {
        return Set.of("GET", "POST");
    }

    @Override
    protected Answer callWithCredentials(Request request) throws Exception {
        HttpURLConnection connection = open(request);
        connection.setAuthenticator(new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(USER, PASSWORD.toCharArray());
            }
        });
        return call(connection, request.body());
    }

    @Override
    protected Answer callAt(String place, String pathAndQuery) throws Exception {
        return call((HttpURLConnection) new URL(place + pathAndQuery).openConnection(), "");
    }

    @Override
    protected Answer callThrough(InetSocketAddress proxy, Request request) throws Exception {
        java.net.Proxy by = new java.net.Proxy(java.net.Proxy.Type.HTTP, proxy);
        return call((HttpURLConnection) request.uri().toURL().openConnection(by), "");
    }

    @Override
    protected Class<? extends Throwable> timeout() {
        return SocketTimeoutException.class;
    }

    @Test
    void everyWayToTheBodyIsMasked() throws Exception {
        URL masked = get("/masked").uri().toURL();
        try (InputStream in = masked.openStream()) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(MASKED);
        }
        try (InputStream in = (InputStream) masked.getContent()) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(MASKED);
        }
        HttpURLConnection connection = open(get("/masked"));
        connection.connect();
        assertThat(connection.getInputStream()).isSameAs(connection.getInputStream());
    }

    @Test
    void everyWayToTheHeaderFieldsTellsTheSame() throws Exception {
        HttpURLConnection connection = open(get("/masked"));
        Map<String, String> byPosition = new LinkedHashMap<>();
        for (int i = 1; connection.getHeaderFieldKey(i) != null; i++) {
            byPosition.put(connection.getHeaderFieldKey(i).toLowerCase(), connection.getHeaderField(i));
        }
        assertThat(byPosition).containsKey("content-type").doesNotContainKeys("etag", "content-length");
        assertThat(connection.getHeaderField("ETag")).isNull();
        assertThat(connection.getContentLengthLong()).isEqualTo(-1);
        assertThat(connection.getHeaderFields().keySet()).doesNotContain("ETag", "Etag", "Content-length");
        assertThat(connection.getHeaderField(0)).startsWith("HTTP/1.1 200");
    }

    @Test
    void aRequestThatBecomesAPostIsDecidedAsOne() throws Exception {
        HttpURLConnection writing = open(get("/denied-for-post"));
        writing.setDoOutput(true);
        writing.connect();
        assertThatThrownBy(writing::getOutputStream)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no-denied");
        assertThat(server.seen()).isEmpty();
    }

    @Test
    void streamingModesAreDecidedBeforeAByteLeaves() throws Exception {
        HttpURLConnection connection = open(request("POST", "/denied", "a body"));
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(6);
        assertThatThrownBy(connection::getOutputStream).hasMessageContaining("no-denied");
        HttpURLConnection chunked = open(request("POST", "/open?echo", "a body"));
        chunked.setChunkedStreamingMode(4);
        assertThat(call(chunked, "a body").text()).isEqualTo("a body");
        assertThat(server.seen()).isEqualTo(List.of("POST /open?echo"));
    }

    @Test
    void behindTheProxyOfTheSystemPropertiesTheTargetIsWhatIsJudged() throws Exception {
        try (Proxy proxy = new Proxy()) {
            System.setProperty("http.proxyHost", proxy.address().getHostString());
            System.setProperty("http.proxyPort", String.valueOf(proxy.address().getPort()));
            assertThat(call((HttpURLConnection) new URL("http://users.example/masked").openConnection(), "")
                            .text())
                    .isEqualTo(MASKED);
            assertThatThrownBy(
                            () -> call((HttpURLConnection) new URL("http://users.example/denied").openConnection(), ""))
                    .hasMessageContaining("no-denied");
            assertThat(proxy.seen()).containsExactly("GET http://users.example/masked HTTP/1.1");
        } finally {
            System.clearProperty("http.proxyHost");
            System.clearProperty("http.proxyPort");
        }
    }

    @Test
    void aBodyThatIsWrittenAfterAnExplicitConnectIsDecidedWithIt() throws Exception {
        HttpURLConnection connection = open(request("PUT", "/body?echo", ""));
        connection.setDoOutput(true);
        connection.connect();
        connection.getOutputStream().write("a secret".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(connection::getResponseCode).hasMessageContaining("no-denied");
        assertThat(server.seen()).isEmpty();
    }

    @Test
    void whatIsWrittenAfterTheBodyWasClosedIsNoPartOfItAsWithoutTheAgent() throws Exception {
        for (String path : List.of("/body?echo", "/open?echo")) {
            HttpURLConnection connection = open(request("POST", path, ""));
            connection.setDoOutput(true);
            OutputStream body = connection.getOutputStream();
            body.write("a body".getBytes(StandardCharsets.UTF_8));
            body.close();
            body.write('!');
            assertThat(call(connection, "").text()).isEqualTo("a body");
        }
    }

    @Test
    void aBodyThatIsSentAgainAfterARedirectIsWhatWasWritten() throws Exception {
        assertThat(call(request("POST", BODY_AGAIN, "a body")).text()).isEqualTo("a body");
        assertThat(server.seen()).containsExactly("POST " + BODY_AGAIN, "POST /body?echo");
        assertThatThrownBy(() -> call(request("PUT", "/redirect?to=/body?echo", "a secret")))
                .hasMessageContaining("no-denied");
    }

    @Test
    void aUrlThatNoUriAllowsIsSentAsWithoutTheAgent() throws Exception {
        URL odd = new URL(get("/open").uri() + "?q=100%|x");
        assertThat(((HttpURLConnection) odd.openConnection()).getResponseCode()).isIn(200, 400);
    }

    @Test
    void aCacheOfTheApplicationsIsGivenNoBodyThatIsMasked() throws Exception {
        Kept kept = new Kept();
        ResponseCache.setDefault(kept);
        try {
            assertThat(call(get("/masked")).text()).isEqualTo(MASKED);
            assertThat(kept.body.toString(StandardCharsets.UTF_8)).isEmpty();
            assertThat(kept.aborted).isOne();

            assertThat(call(get("/open")).text()).isEqualTo(Server.BODY);
            assertThat(kept.body.toString(StandardCharsets.UTF_8)).isEqualTo(Server.BODY);
            assertThat(kept.aborted).isOne();
        } finally {
            ResponseCache.setDefault(null);
        }
    }

    private static final class Kept extends ResponseCache {

        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private int aborted;

        @Override
        public CacheResponse get(URI uri, String method, Map<String, List<String>> headers) {
            return null;
        }

        @Override
        public CacheRequest put(URI uri, URLConnection connection) {
            return new CacheRequest() {
                @Override
                public OutputStream getBody() {
                    return body;
                }

                @Override
                public void abort() {
                    aborted++;
                }
            };
        }
    }
}
