package io.sallyport.http.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sallyport.core.policy.PolicySnapshot.RecordLevel;
import io.sallyport.core.policy.TlsRequirement;
import io.sallyport.core.record.Event;
import io.sallyport.testing.RecordingProxy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a client whose callers may be parked must do. Its calls follow redirects. Everything goes over TLS and a wire that looks at every byte
 * ({@link OverTls}), but for the tests that are about plain text and say so.
 */
public abstract class HttpClientContract extends RepetitionContract {

    /**
     * What a caller gets.
     *
     * @param trailers fields behind the body by their names in lower case; {@code null} from clients that tell nothing of them
     */
    public record Answer(int status, Map<String, List<String>> headers, byte[] body, Map<String, String> trailers) {

        public Answer(int status, Map<String, List<String>> headers, byte[] body) {
            this(status, headers, body, null);
        }

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        /** First value of a header field, whatever its case; {@code null} without. */
        public String header(String name) {
            return headers.entrySet().stream()
                    .filter(e -> e.getKey() != null && e.getKey().equalsIgnoreCase(name))
                    .map(e -> e.getValue().get(0))
                    .findFirst()
                    .orElse(null);
        }
    }

    /** A request; {@code body} is empty where there is none. */
    public record Request(String method, URI uri, Map<String, String> headers, String body) {}

    /** The same with a limit on the whole call or on the wait for its answer, whatever the client offers. */
    protected abstract Answer call(Request request, Duration limit) throws Exception;

    /** The same by way of an HTTP proxy, by the client's own setting. */
    protected abstract Answer callThrough(InetSocketAddress proxy, Request request) throws Exception;

    /**
     * A GET of what may be no URI; {@code null} where the client takes nothing else than URIs.
     *
     * @param place scheme and authority
     */
    protected abstract Answer callAt(String place, String pathAndQuery) throws Exception;

    /** The same where the header fields are set as late as the client allows, for clients that let a caller choose. */
    protected Answer callWithLateFields(Request request) throws Exception {
        return call(request);
    }

    /** The same with a cookie of that name in the client's own store, from which it adds it by itself; as late as may be where there is none. */
    protected Answer callWithStoredCookie(String name, Request request) throws Exception {
        return callWithLateFields(
                new Request(request.method(), request.uri(), Map.of("Cookie", name + "=1"), request.body()));
    }

    /** A handler of {@code java.net} with one cookie. */
    protected static CookieManager stored(String name, String path, URI place) {
        HttpCookie cookie = new HttpCookie(name, "1");
        cookie.setPath(path);
        cookie.setVersion(0);
        CookieManager manager = new CookieManager();
        manager.getCookieStore().add(place, cookie);
        return manager;
    }

    /** Connects to that place, as another program of this process would, by what the client connects with. */
    protected void connectForeign(InetSocketAddress place) throws Exception {
        SocketChannel.open(place).close();
    }

    @Override
    protected Class<? extends Throwable> refusal() {
        return IOException.class;
    }

    /** What a caller whose limit ended while the call was held gets. */
    protected abstract Class<? extends Throwable> timeout();

    /**
     * Whether a call that its limit ended leaves its ticket to the approvers, whose approval then admits the next call like it; else it takes
     * the ticket along, as a call that is cancelled does.
     */
    protected boolean leavesItsTicket() {
        return true;
    }

    /** Whether the client decodes {@code Content-Encoding} on its own. */
    protected boolean decodes() {
        return false;
    }

    protected final Request get(String pathAndQuery) {
        return request("GET", pathAndQuery, "");
    }

    protected final Request request(String method, String pathAndQuery, String body) {
        return new Request(method, server.at(pathAndQuery), Map.of(), body);
    }

    /** For tests that are about plain text. */
    private Request plain(String pathAndQuery) {
        return new Request("GET", server.plain(pathAndQuery), Map.of(), "");
    }

    @Test
    void anAdmittedRequestBehavesAsWithoutTheAgent() throws Exception {
        Answer answer = call(get("/open"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo(Server.BODY);
        assertThat(answer.header("ETag")).isEqualTo("\"e1\"");
        assertThat(answer.header("Content-Length")).isEqualTo("9");
    }

    @Test
    void aForeignChannelToThePlaceOfAnAdmittedRequestIsRefused() throws Exception {
        int port = server.at("/").getPort();
        Governed.govern(port);
        try {
            InetSocketAddress place = new InetSocketAddress(server.at("/").getHost(), port);
            assertThat(call(get("/open")).text()).isEqualTo(Server.BODY);
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> connectForeign(place)).hasStackTraceContaining("Refused by Sallyport");
            }
            assertThat(call(request("POST", "/open?echo", "a body")).text()).isEqualTo("a body");
        } finally {
            Governed.governNot(port);
        }
    }

    @Test
    void connectionsToAGovernedProxyAreTheClientsOwn() throws Exception {
        try (Proxy proxy = new Proxy()) {
            assertThat(callThrough(proxy.address(), get("/open")).text()).isEqualTo(Server.BODY);
            assertThat(callThrough(proxy.address(), elsewhere("http://users.example/open"))
                            .text())
                    .isEqualTo(Server.BODY);
        }
    }

    @Test
    void aRequestBodyArrivesAsItWasSent() throws Exception {
        assertThat(call(request("POST", "/open?echo", "a body")).text()).isEqualTo("a body");
        assertThat(server.seen()).containsExactly("POST /open?echo");
    }

    @Test
    void aCompressedBodyThatNobodyMasksPassesUntouched() throws Exception {
        Answer answer = call(get("/open?coding=gzip"));
        if (decodes()) {
            assertThat(answer.text()).isEqualTo(Server.BODY);
            return;
        }
        assertThat(answer.header("Content-Encoding")).isEqualTo("gzip");
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
            assertThat(in.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo(Server.BODY);
        }
    }

    @Test
    void aRefusedRequestThrowsWhatCallersHandleAndNeverLeaves() {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> call(get("/denied")))
                    .isInstanceOf(refusal())
                    .hasMessageContaining("this path is closed")
                    .hasMessageContaining("no-denied");
        }
        assertThat(server.seen()).isEmpty();
    }

    @Test
    void aRefusedRequestBodyNeverLeaves() {
        assertThatThrownBy(() -> call(request("POST", "/denied", "a body"))).isInstanceOf(refusal());
        assertThat(server.seen()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/x/..//%64enied;a=b",
                "/%2564enied",
                "//denied",
                "/./denied",
                "/denied?x=1",
                "/denied#f",
                "/denied;v=1/",
                "/x/%2e%2e/denied",
                "/x/%252e%252E/denied",
                "/x/..%2fdenied",
                "/x%5c..%5Cdenied",
                "/x/.%2e;y/denied",
                "/%c0%afdenied",
                "/x/%c0%ae%e0%80%ae/denied",
                "/denied%20",
                "/%20denied.",
                "/denied%00.html",
                "/DENIED",
                "/%EF%BD%84enied",
                "/%25252564enied",
                "/d%ffenied",
                "/denied/..%2fopen",
                "/denied/..;/open",
                "/denied::$DATA"
            })
    void aSpellingOfThePathDoesNotEvadeTheRule(String spelling) {
        assertThatThrownBy(() -> call(get(spelling))).isInstanceOf(refusal()).hasMessageContaining("no-denied");
        assertThat(server.seen()).isEmpty();
    }

    /** Either it is answered, or the client itself takes it for no request. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/open/items[0]",
                "/open?f[0]=1&q=[",
                "/open|b",
                "/open{b}^`\"<>",
                "/open\\b",
                "/open b",
                "/open/%zz%",
                "/open?q=%&r=|{} \"",
                "/open\u00e9\u0169\u3000\ud83d",
                "/open?q=\u00e9\u0169\u3000\ud83d"
            })
    void whatNoUriMayHavePassesAsWithoutTheAgent(String odd) throws Exception {
        try (WireServer any = new WireServer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")) {
            String place = any.at("").toString();
            Throwable own = catchThrowable(() -> {
                Answer answer = callAt(place, odd);
                assertThat(answer == null ? "ok" : answer.text()).isEqualTo("ok");
            });
            if (own != null) {
                assertThat(Throwables.getStackTrace(own))
                        .doesNotContain("Refused by Sallyport", "RequestUri", "AssertionError");
            }
        }
    }

    /** Whatever the client writes in the place of these characters. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/denied/items[0]",
                "/denied/|{}^`\"<>",
                "/denied\u0169",
                "/d\u00ffenied",
                "/denied\u3000x",
                "/denied\ud83dx",
                "/denied/%zz"
            })
    void whatNoUriMayHaveDoesNotEvadeTheRule(String odd) {
        Throwable thrown = catchThrowable(() -> callAt(server.at("").toString(), odd));
        if (String.valueOf(thrown).contains("Sallyport")) {
            assertThat(thrown).isInstanceOf(refusal()).hasMessageContaining("no-denied");
        }
        assertThat(server.seen()).noneMatch(line -> line.matches("GET /denied([/?].*)?"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X-HTTP-Method-Override|DELETE|/open",
                "X-Method-Override|GET, delete|/open",
                "Accept|*/*|/open?_method=DELETE",
                "X-HTTP-Method|GET|/open?_method=GET&%5Fmethod=DEL%45TE",
                "X-Original-URL|/denied|/open",
                "X_Original_URL|/y, /denied|/open",
                "X-Original-URL|//h/denied|/open",
                "X_HTTP_METHOD_OVERRIDE|DELETE|/open",
                "X-Rewrite-URL|http://x/%2564enied?a|/open"
            })
    void aMethodOrPathThatAServerWouldTakeInsteadDoesNotEvadeTheRule(String field, String value, String path) {
        Request hidden = new Request("POST", server.at(path), Map.of(field, value), "a body");
        assertThatThrownBy(() -> call(hidden)).isInstanceOf(refusal()).hasMessageContaining("no-denied");
        assertThat(server.seen()).isEmpty();
    }

    /** A late field has a request decided again, and a method that it names is decided, too: neither is a call. */
    @ParameterizedTest
    @ValueSource(strings = {"X-Trace", "X-HTTP-Method-Override"})
    void aCallCountsAndIsRecordedOnce(String field) throws Exception {
        Request limited = new Request("POST", server.at("/limited"), Map.of(field, "PUT"), "a body");
        Governed.limit(4);
        for (int i = 0; i < 4; i++) {
            assertThat(callWithLateFields(limited).status()).isEqualTo(200);
        }
        assertThat(Governed.RECORDED)
                .filteredOn(event -> event.type() == Event.Type.DECISION)
                .hasSize(4);
        assertThatThrownBy(() -> callWithLateFields(limited))
                .isInstanceOf(refusal())
                .hasMessageContaining("no-more");
        assertThat(server.seen()).hasSize(4);
    }

    @Test
    void aRuleAboutTheBodyOrTheAnswerOfTheMethodThatAServerWouldTakeIsNotEvaded() throws Exception {
        assertThatThrownBy(() -> call(asPut("/body-for-put?echo", "a secret"))).hasMessageContaining("no-denied");
        assertThatThrownBy(() -> call(asPut("/masked-for-put", "a body"))).hasMessageContaining("another method");
        assertThatThrownBy(() -> call(asPut("/no-errors-for-put", "a body"))).hasMessageContaining("another method");
        assertThat(server.seen()).isEmpty();
        assertThat(call(asPut("/body-for-put?echo", "a body")).text()).isEqualTo("a body");
        assertThat(call(asPut("/masked", "a body")).text()).isEqualTo(MASKED);
        assertThat(call(asPut("/no-errors", "a body")).text()).isEqualTo(Server.BODY);
    }

    @Test
    void aRuleAboutTheBodyForTheQueryThatAServerWouldTakeIsNotEvaded() throws Exception {
        assertThatThrownBy(() -> call(asAdmin("a secret"))).isInstanceOf(refusal());
        assertThat(server.seen()).isEmpty();
        assertThat(call(asAdmin("a body")).text()).isEqualTo("a body");
    }

    private Request asAdmin(String body) {
        Map<String, String> fields = Map.of("X-Original-URL", "/body-for-admin?admin=1");
        return new Request("POST", server.at("/body-for-admin?echo"), fields, body);
    }

    private Request asPut(String path, String body) {
        return new Request("POST", server.at(path), Map.of("X-HTTP-Method-Override", "PUT"), body);
    }

    /** Some clients let a caller name another host than the URL's, by which a front door chooses the service; the others say no, or nothing. */
    @Test
    void aHostThatARequestNamesBesideItsUrlDoesNotEvadeTheRule() {
        try {
            call(new Request("GET", server.at("/open"), Map.of("Host", "denied.example"), ""));
        } catch (Exception byTheRuleOrTheClient) {
            assertThat(byTheRuleOrTheClient).isInstanceOfAny(refusal(), IllegalArgumentException.class);
        }
        assertThat(server.fields()).doesNotContain("Host=denied.example");
    }

    /** What a service behind a front door may take for the host that it was asked for. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X-Forwarded-Host|denied.example",
                "X-Forwarded-Host|here.example, denied.example:8443",
                "X_Forwarded_Host|DENIED.example.",
                "X-Original-Host|denied.example",
                "Forwarded|for=10.0.0.1;proto=https;host=\"denied.example:443\"",
                "Forwarded|host=here.example, for=10.0.0.1; Host=denied.example"
            })
    void aForwardedHostDoesNotEvadeTheRule(String field, String value) {
        Request forwarded = new Request("GET", server.at("/open"), Map.of(field, value), "");
        assertThatThrownBy(() -> callWithLateFields(forwarded))
                .isInstanceOf(refusal())
                .hasMessageContaining("no-denied");
        assertThat(server.seen()).isEmpty();
    }

    @Test
    void aForwardedHostThatNoRuleIsAboutChangesNothing() throws Exception {
        Map<String, String> fields = Map.of("X-Forwarded-Host", "here.example", "Forwarded", "for=x;host=\"\"");
        assertThat(call(new Request("GET", server.at("/open"), fields, "")).text())
                .isEqualTo(Server.BODY);
        assertThat(call(new Request("GET", server.at("/masked"), fields, "")).text())
                .isEqualTo(MASKED);
    }

    /** Whether the client would write a line break in a field's value as it is, so that the agent has to refuse the request. */
    protected boolean writesLineBreaks() {
        return false;
    }

    /** Which a server may have set. */
    @Test
    void aCookieThatTheClientAddsByItselfDoesNotEvadeARule() throws Exception {
        assertThatThrownBy(() -> callWithStoredCookie("forbidden", request("POST", "/open", "a body")))
                .isInstanceOf(refusal())
                .hasMessageContaining("no-denied");
        assertThat(server.seen()).isEmpty();
        assertThat(callWithStoredCookie("allowed", request("POST", "/masked?echo", "a body"))
                        .text())
                .isEqualTo("X XXXX.");
        assertThat(server.seen()).containsExactly("POST /masked?echo");
        assertThat(server.fields()).contains("Cookie");
    }

    /** With or without the agent: clients refuse such a value, or write it on one line. */
    @Test
    void aLineBreakInAHeaderFieldSmugglesNoOther() {
        Map<String, String> fields = Map.of("X-Note", "a\r\nX-Smuggled: 1\r\n\r\nGET /denied HTTP/1.1\r\nHost: x");
        String failure = "";
        try {
            call(new Request("GET", server.at("/open"), fields, ""));
        } catch (Exception e) {
            failure = String.valueOf(e.getMessage());
        }
        assertThat(failure.contains("Refused by Sallyport")).isEqualTo(writesLineBreaks());
        assertThat(server.fields()).doesNotContain("X-smuggled", "X-Smuggled");
        assertThat(server.seen()).isIn(List.of(), List.of("GET /open"));
    }

    /** Clients refuse such a method, write it in another way, or write it as it is, where the agent has to refuse the request. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /denied HTTP/1.1\r\nHost: x\r\n\r\nGET",
                "GET /denied HTTP/1.1\r\nX-Note:",
                "DELETE /open",
                "DELETE\t/open"
            })
    void aMethodThatIsNoneSmugglesNoOtherRequest(String method) {
        assertThatThrownBy(() -> call(request(method, "/open", ""))).isInstanceOf(Exception.class);
        assertThat(server.seen()).isEmpty();
    }

    /**
     * Where a client lets the application say where a body ends. The second call goes over the connection of the first, if that is still there.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Transfer-Encoding|chunked|0^^GET /denied HTTP/1.1^Host: x^^",
                "Content-Length|0|GET /denied HTTP/1.1^Host: x^^",
                "Content-Length|6|a bodyGET /denied HTTP/1.1^Host: x^^"
            })
    void aBodyThatEndsElsewhereThanItsHeadSaysSmugglesNoOtherRequest(String field, String value, String body) {
        for (Request sent : List.of(
                new Request("POST", server.at("/open"), Map.of(field, value), body.replace("^", "\r\n")),
                get("/open"))) {
            try {
                callWithLateFields(sent);
            } catch (Exception ofTheAgentOrTheClient) {
                assertThat(sent.method()).isEqualTo("POST");
            }
        }
        assertThat(server.seen()).doesNotContain("GET /denied");
    }

    @Test
    void aRequestBodyThatARuleForbidsNeverLeaves() {
        assertThatThrownBy(() -> call(request("POST", "/body?echo", "a secret")))
                .isInstanceOf(refusal())
                .hasMessageContaining("no-denied");
        assertThat(server.seen()).isEmpty();
    }

    @Test
    void aRequestBodyThatARuleReadIsSentAsItWas() throws Exception {
        Request harmless = request("POST", "/body?echo", "a body");
        assertThat(call(harmless).text()).isEqualTo("a body");
        assertThat(server.seen()).containsExactly("POST /body?echo");
        assertThat(call(get("/body")).text()).isEqualTo(Server.BODY);
    }

    @Test
    void aRequestBodyThatIsTooLongToBeReadIsRefusedWhereARuleNeedsIt() {
        String long2M = "x".repeat(2 << 20);
        assertThatThrownBy(() -> call(request("POST", "/body?echo", long2M))).isInstanceOf(refusal());
        assertThat(server.seen()).isEmpty();
    }

    @Test
    void aRedirectIsDecidedAgain() {
        assertThatThrownBy(() -> call(get("/redirect"))).isInstanceOf(refusal()).hasMessageContaining("no-denied");
        assertThat(server.seen()).containsExactly("GET /redirect");
    }

    /** What is asked for first is under no rule. */
    @Test
    void anAnswerIsUnderTheRulesOfWhereARedirectLed() throws Exception {
        Answer masked = call(get("/redirect?by=307&to=/masked"));
        assertThat(masked.text()).isEqualTo(MASKED);
        assertThat(masked.header("ETag")).isNull();
        assertThat(masked.header("Content-Length")).isIn(null, "10");
        assertThat(call(get("/redirect?to=/redirect?to=/open")).text()).isEqualTo(Server.BODY);
        assertThat(call(get("/redirect?to=/no-errors?status=404")).status()).isEqualTo(404);
        assertThatThrownBy(() -> call(get("/redirect?to=/no-errors?status=503")))
                .isInstanceOf(refusal())
                .hasMessageContaining("this answer stays outside [rule no-errors");
    }

    @Test
    void anAnswerThatTheClientFollowsIsRefusedByItsStatus() {
        assertThatThrownBy(() -> call(get("/no-redirects?to=/open")))
                .isInstanceOf(refusal())
                .hasMessageContaining("this answer stays outside [rule no-errors");
        assertThat(server.seen()).containsExactly("GET /no-redirects?to=/open");
    }

    /** Some clients do not follow where they would have to send a body again. */
    protected static final String BODY_AGAIN = "/redirect?by=307&to=/body?echo";

    @Test
    void aBodyThatARedirectWouldHaveSentAgainIsUnderTheRulesOfWhereItLeads() {
        try {
            assertThat(call(request("POST", BODY_AGAIN, "a secret")).status()).isEqualTo(307);
        } catch (Exception refused) {
            assertThat(refused).isInstanceOf(refusal()).hasMessageContaining("no-denied");
        }
        assertThat(server.seen()).containsExactly("POST " + BODY_AGAIN);
    }

    @Test
    void plainTextIsRefusedWhereThePolicyDemandsTls() {
        assertThatThrownBy(() -> call(plain("/secure"))).isInstanceOf(refusal());
        assertThat(server.seen()).isEmpty();
    }

    @Test
    void nothingOfARequestIsOnTheWireWhereThePolicyDemandsTls() throws Exception {
        try (RecordingProxy wire = RecordingProxy.to(server.plain("/").getPort())) {
            Governed.demandTls(
                    wire.port(), new TlsRequirement(TlsRequirement.Level.REQUIRE, "TLSv1.2", List.of(), Set.of()));
            URI plain = URI.create("http://127.0.0.1:" + wire.port() + "/people?name=canary");

            assertThatThrownBy(() -> call(new Request("POST", plain, Map.of("X-Key", "canary"), "canary")))
                    .isInstanceOf(refusal());

            assertThat(wire.bytesSent()).isZero();
            Governed.demandNoTls(wire.port());
        }
    }

    /** Each is looked for, and so is everything else that is no record of TLS, when the server is closed. */
    @Test
    void overTlsNothingOfACallCanBeReadOnTheWire() throws Exception {
        Request canaries = new Request(
                "POST",
                server.at("/open?echo&name=user-canary"),
                Map.of("X-Key", "password-canary"),
                "4111111111111111");

        assertThat(call(canaries).text()).isEqualTo("4111111111111111");
        assertThatThrownBy(() -> call(get("/denied?name=user-canary"))).isInstanceOf(refusal());

        assertThat(server.seen()).containsExactly("POST /open?echo&name=user-canary");
        assertThat(server.readable()).isEmpty();
    }

    @Test
    void whereThePolicyDemandsNoTlsACallInPlainTextIsJudgedAndMaskedTheSame() throws Exception {
        assertThat(call(plain("/open")).text()).isEqualTo(Server.BODY);
        assertThat(call(plain("/masked?coding=gzip")).text()).isEqualTo(MASKED);
        assertThatThrownBy(() -> call(plain("/denied"))).isInstanceOf(refusal()).hasMessageContaining("no-denied");
        assertThatThrownBy(() -> call(plain("/redirect")))
                .isInstanceOf(refusal())
                .hasMessageContaining("no-denied");
        assertThat(server.seen()).containsExactly("GET /open", "GET /masked?coding=gzip", "GET /redirect");
        assertThat(Governed.RECORDED)
                .filteredOn(event -> event.type() == Event.Type.RESULT && event.reason() != null)
                .isNotEmpty()
                .allSatisfy(result -> assertThat(result.tls()).isEqualTo("plaintext"));
    }

    @Test
    void aRedirectToPlainTextIsRefusedWhereThePolicyDemandsTls() {
        assertThatThrownBy(() -> call(plain("/redirect?to=/secure"))).isInstanceOf(refusal());
        assertThat(server.seen()).containsExactly("GET /redirect?to=/secure");
    }

    /** Some clients do not follow where TLS would end. */
    @Test
    void aRedirectOutOfTlsIsNotFollowedWhereThePolicyDemandsTls() {
        String out = "/redirect?to=" + server.plain("/secure");
        try {
            assertThat(call(get(out)).status()).isEqualTo(302);
        } catch (Exception refused) {
            assertThat(refused).isInstanceOf(refusal());
        }
        assertThat(server.seen()).containsExactly("GET " + out);
    }

    /** RFC 7838: another place for the calls to come, which the rules of this one are not about. */
    @Test
    void anAlternativeThatAnAnswerNamesIsNotAskedInstead() throws Exception {
        try (ServerSocketChannel elsewhere = ServerSocketChannel.open()) {
            elsewhere.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            elsewhere.configureBlocking(false);
            String place = "127.0.0.1:" + elsewhere.socket().getLocalPort();
            for (int i = 0; i < 3; i++) {
                assertThat(call(get("/open?alternative=" + place)).text()).isEqualTo(Server.BODY);
            }
            assertThat(server.seen()).hasSize(3);
            assertThat(elsewhere.accept()).isNull();
        }
    }

    @Test
    void behindAProxyTheTargetIsWhatIsJudged() throws Exception {
        try (Proxy proxy = new Proxy()) {
            assertThat(callThrough(proxy.address(), elsewhere("http://users.example/masked"))
                            .text())
                    .isEqualTo(MASKED);
            for (String scheme : List.of("http", "https")) {
                assertThatThrownBy(() -> callThrough(proxy.address(), elsewhere(scheme + "://users.example/denied")))
                        .isInstanceOf(refusal())
                        .hasMessageContaining("no-denied");
            }
            assertThat(proxy.seen()).isNotEmpty().noneMatch(line -> line.contains("denied") || line.contains(":443"));
        }
    }

    @Test
    void throughATunnelTheTargetAnswersAndIsMasked() throws Exception {
        try (Proxy proxy = new Proxy()) {
            assertThat(callThrough(proxy.address(), get("/masked")).text()).isEqualTo(MASKED);
            assertThat(proxy.seen().get(0)).startsWith("CONNECT ");
        }
    }

    /** Which some clients know only when the request is written to it. */
    @Test
    void aCallByWayOfAProxyCountsOnce() throws Exception {
        Governed.limit(1);
        Request limited = elsewhere("http://users.example/limited");
        try (Proxy proxy = new Proxy()) {
            assertThat(callThrough(proxy.address(), limited).text()).isEqualTo(Server.BODY);
            assertThatThrownBy(() -> callThrough(proxy.address(), limited)).hasMessageContaining("no-more");
        }
    }

    /** Whether the client asks a proxy for a tunnel to {@code http:}, too, so that it cannot answer for the target. */
    protected boolean tunnels() {
        return false;
    }

    /** It sees the request in clear text, and any server answers it. */
    @Test
    void aGovernedPlaceThatIsTakenForAProxyHasItsSayToo() throws Exception {
        Request open = elsewhere("http://users.example/open");
        try (Proxy proxy = new Proxy()) {
            int port = proxy.address().getPort();
            Governed.close(port);
            try {
                if (tunnels()) {
                    assertThat(callThrough(proxy.address(), open).text()).isEqualTo(Server.BODY);
                    assertThat(proxy.seen().get(0)).isEqualTo("CONNECT users.example:80 HTTP/1.1");
                } else {
                    assertThatThrownBy(() -> callThrough(proxy.address(), open))
                            .isInstanceOf(refusal())
                            .hasMessageContaining("no-denied");
                    assertThat(proxy.seen()).isEmpty();
                }
            } finally {
                Governed.open(port);
            }
        }
    }

    private static Request elsewhere(String uri) {
        return new Request("GET", URI.create(uri), Map.of(), "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?chunked",
                "?coding=gzip",
                "?coding=gzip&chunked",
                "?coding=deflate",
                "?status=500",
                "?status=401",
                "?status=404&coding=gzip"
            })
    void aBodyIsMaskedAndItsHeaderFieldsStayTrue(String how) throws Exception {
        Answer answer = call(get("/masked" + how));
        assertThat(answer.text()).isEqualTo(MASKED);
        assertThat(answer.status())
                .isEqualTo(how.contains("status=") ? Integer.parseInt(how.replaceAll("[^0-9]", "")) : 200);
        assertThat(answer.header("ETag")).isNull();
        assertThat(answer.header("Content-Encoding")).isNull();
        assertThat(answer.header("Content-Length")).isIn(null, "10");
        assertThat(answer.header("Content-Type")).isEqualTo("text/plain");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "json",
                "json&charset=UTF-16",
                "json&charset=UTF-16LE&drip",
                "json&charset=ISO-8859-1",
                "json&drip",
                "json&coding=gzip&drip",
                "ndjson&drip",
                "xml&charset=ISO-8859-1",
                "csv&charset=windows-1252",
                "form",
                "events&drip",
                "json&status=404&chunked"
            })
    void aDocumentIsMaskedInItsOwnFormatAndCharset(String how) throws Exception {
        Answer answer = call(get("/people?format=" + how));
        String charset = how.contains("charset=") ? how.replaceAll(".*charset=([^&]*).*", "$1") : "UTF-8";
        String text = new String(answer.body(), Charset.forName(charset));
        assertThat(text).contains("name", Documents.NAME, "email").doesNotContain("@", "example");
        assertThat(text).doesNotContain("\uFFFD");
        assertThat(answer.header("Content-Type")).containsIgnoringCase(how.contains("charset=") ? charset : "/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "json&media=application/gzip",
                "json&media=application/x-gzip&drip",
                "ndjson&media=application/x-ndjson%2Bgzip&coding=gzip",
                "csv&media=application/octet-stream",
                "json&media=application/vnd.acme.export"
            })
    void aDocumentThatIsCompressedAsWhatItIsIsMaskedAndStaysSo(String how) throws Exception {
        Answer answer = call(get("/people?format=" + how));
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(text).contains("name", Documents.NAME, "email").doesNotContain("@", "example");
        }
        assertThat(answer.header("Content-Type")).startsWith("application/");
        assertThat(answer.header("ETag")).isNull();
    }

    /** Types that are not the body's, or more than one: what can be read in it is masked. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-None: 1",
                "Content-Type: text/html",
                "Content-Type: application/octet-stream",
                "Content-Type: image/png\r\nContent-Type: application/json",
                "Content-Type: image/png, application/json"
            })
    void aBodyOfAnotherTypeThanItIsCalledIsMasked(String stated) throws Exception {
        String body = "{\"name\":\"Ann\",\"email\":\"ann@example.org\"}";
        String head = "HTTP/1.1 200 OK\r\n" + stated + "\r\nContent-Length: " + body.length()
                + "\r\nConnection: close\r\n\r\n";
        try (WireServer wire = new WireServer(head + body)) {
            assertThat(call(new Request("GET", wire.at("/people"), Map.of(), ""))
                            .text())
                    .contains("Ann")
                    .doesNotContain("@");
        }
    }

    /** RFC 8297, RFC 1945. Some clients take the first line for the answer, or for a body, or complain; none may show what nobody masked. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 103 Early Hints\r\nLink: </x>; rel=preload\r\n\r\n",
                "HTTP/1.1 103 Early Hints\r\nContent-Length: 130\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\nX-Step: 1\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n",
                "HTTP/1.1 199 None\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nsecret 42\r\n0\r\n\r\n",
                "\r\n\r\n",
                "no status line\r\n\r\n"
            })
    void whatComesBeforeTheAnswerShowsNothing(String before) {
        String head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 9\r\nConnection: close\r\n\r\n";
        try (WireServer wire = new WireServer(before + head + Server.BODY)) {
            assertThat(call(new Request("GET", wire.at("/masked"), Map.of(), ""), Duration.ofSeconds(2))
                            .text())
                    .isIn("", MASKED);
        } catch (Exception ownOfTheClient) {
            assertThat(String.valueOf(ownOfTheClient.getMessage())).doesNotContain("secret");
        }
    }

    /** RFC 9112 section 6.3. Some clients believe the fields. */
    @ParameterizedTest
    @ValueSource(strings = {"304 Not Modified", "204 No Content"})
    void aBodyWhereThereIsNoneShowsNothing(String status) {
        String head =
                "HTTP/1.1 " + status + "\r\nContent-Type: text/plain\r\nContent-Length: 9\r\nConnection: close\r\n\r\n";
        try (WireServer wire = new WireServer(head + Server.BODY)) {
            assertThat(call(new Request("GET", wire.at("/masked"), Map.of(), ""), Duration.ofSeconds(2))
                            .text())
                    .isIn("", MASKED);
        } catch (Exception refusedOrOwnOfTheClient) {
            assertThat(String.valueOf(refusedOrOwnOfTheClient.getMessage())).doesNotContain("secret");
        }
    }

    /** Clients that read one of two codings show what they read masked. */
    @Test
    void aBodyInSeveralCodingsIsRefusedOrMasked() {
        try {
            assertThat(call(get("/masked?coding=gzip,br")).text()).isEqualTo(MASKED);
        } catch (Exception refused) {
            assertThat(refused).hasStackTraceContaining("Refused by Sallyport");
        }
    }

    private static final String TRAILED =
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n"
                    + "Trailer: X-Sum, Content-Digest\r\nConnection: close\r\n\r\n"
                    + "4\r\nsecr\r\n5\r\net 42\r\n0\r\nX-Sum: 7\r\nContent-Digest: sha-256=:c2VjcmV0:\r\n\r\n";

    @ParameterizedTest
    @ValueSource(strings = {"/open", "/masked"})
    void fieldsBehindABodyArriveAsFarAsTheyAreStillTrue(String path) throws Exception {
        try (WireServer wire = new WireServer(TRAILED)) {
            Answer answer = call(new Request("GET", wire.at(path), Map.of(), ""));
            boolean open = path.equals("/open");
            assertThat(answer.text()).isEqualTo(open ? Server.BODY : MASKED);
            if (answer.trailers() != null) {
                assertThat(answer.trailers()).containsEntry("x-sum", "7");
                assertThat(answer.trailers().containsKey("content-digest")).isEqualTo(open);
            }
        }
    }

    /** RFC 9110 section 6.5.1: what describes a body stands in front of it. */
    @Test
    void fieldsBehindABodyDoNotSayHowItIsRead() throws Exception {
        String trailed = "HTTP/1.1 200 OK\r\n"
                + "Content-Type: text/plain\r\n"
                + "Transfer-Encoding: chunked\r\n"
                + "Connection: close\r\n"
                + "\r\n"
                + "9\r\n"
                + "secret 42\r\n"
                + "0\r\n"
                + "Content-Type: image/png\r\n"
                + "Content-Encoding: br\r\n"
                + "Content-Range: bytes 0-8/99\r\n"
                + "\r\n";
        try (WireServer wire = new WireServer(trailed)) {
            assertThat(call(new Request("GET", wire.at("/masked"), Map.of(), ""))
                            .text())
                    .isEqualTo(MASKED);
        }
    }

    private static final String PERSON = "{\"name\":\"Ann\",\"email\":\"ann@example.org\"}";

    private static String answer(String status, String contentType, int length) {
        return "HTTP/1.1 " + status + "\r\nContent-Type: " + contentType + "\r\nContent-Length: " + length
                + "\r\nConnection: close\r\n\r\n";
    }

    /** RFC 9110 section 14.6: pieces of one document. What stands in each cannot be told without the others, whatever the status says. */
    @ParameterizedTest
    @ValueSource(strings = {"206 Partial Content", "200 OK"})
    void piecesOfADocumentAreRefused(String status) throws Exception {
        String pieces = "--b\r\nContent-Type: application/json\r\nContent-Range: bytes 0-9/80\r\n\r\n" + PERSON
                + "\r\n--b\r\nContent-Type: text/plain\r\nContent-Range: bytes 20-60/80\r\n\r\n" + PERSON
                + "\r\n--b--\r\n";
        try (WireServer wire =
                new WireServer(answer(status, "multipart/byteranges; boundary=b", pieces.length()) + pieces)) {
            Request people = new Request("GET", wire.at("/people"), Map.of(), "");
            assertThatThrownBy(() -> call(people))
                    .satisfies(e -> assertThat(Throwables.getStackTrace(e))
                            .containsAnyOf("only a part of a body", "a piece of a document")
                            .doesNotContain("ann@"));
        }
    }

    /** A caller reads the body in the charset that it takes from the field; some take the last of two. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "application/json; charset=\"UTF-16LE\"|UTF-16LE",
                "application/json; CharSet = utf-16le|UTF-16LE",
                "application/json;charset='utf-16le'|UTF-16LE",
                "application/json; charset=|UTF-16LE",
                "application/json; charset=utf-8; charset=utf-16le|UTF-16LE",
                "application/json; charset=utf-16be; charset=utf-16le|UTF-16LE",
                "application/json; charset=\"utf\\-16le\"|UTF-16LE",
                "text/plain; charset=IBM037|IBM037",
                "text/plain; charset=utf-8; charset=IBM037|IBM037",
                "text/plain;; charset=IBM037|IBM037",
                "application/octet-stream; charset=x-none|UTF-8"
            })
    void aCharsetThatIsGivenInAnOddWayShowsNothing(String contentType, String charset) {
        String body = new String(PERSON.getBytes(Charset.forName(charset)), StandardCharsets.ISO_8859_1);
        try (WireServer wire = new WireServer(answer("200 OK", contentType, body.length()) + body)) {
            byte[] got =
                    call(new Request("GET", wire.at("/people"), Map.of(), "")).body();
            assertThat(new String(got, Charset.forName(charset)))
                    .contains("Ann")
                    .doesNotContain("@");
        } catch (Exception refusedOrOwnOfTheClient) {
            assertThat(Throwables.getStackTrace(refusedOrOwnOfTheClient)).doesNotContain("ann@");
        }
    }

    /** As without the agent: what is measured first is under no rule. */
    @Test
    void aMaskedAnswerLeavesItsConnectionToTheNextCall() throws Exception {
        int open = connectionsOf("/open");
        assertThat(connectionsOf("/masked")).isLessThanOrEqualTo(open);
        assertThat(connectionsOf("/masked?coding=gzip")).isLessThanOrEqualTo(open);
        assertThat(connectionsOf("/masked?chunked")).isLessThanOrEqualTo(open);
    }

    /** How many are opened for some calls in a row. */
    private int connectionsOf(String path) throws Exception {
        int before = server.connections();
        for (int i = 0; i < 4; i++) {
            call(get(path));
        }
        return server.connections() - before;
    }

    @Test
    void anEmptyBodyStaysEmpty() throws Exception {
        for (String path : List.of("/people?format=json&empty", "/open?empty")) {
            Answer answer = call(get(path));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEmpty();
        }
    }

    /** RFC 9530, RFC 3230, RFC 1864, and what S3 and other stores send, by which their SDKs check what they read. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Digest",
                "Repr-Digest",
                "Digest",
                "Content-MD5",
                "Accept-Ranges",
                "x-amz-checksum-crc32",
                "x-goog-hash",
                "x-ms-blob-content-md5"
            })
    void whatIsNoLongerTrueOfTheBodyGoesWhereItIsMasked(String name) throws Exception {
        String head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 9\r\n" + name + ": AAAA\r\n"
                + "x-amz-request-id: 1\r\nConnection: close\r\n\r\n";
        try (WireServer wire = new WireServer(head + Server.BODY)) {
            Answer open = call(new Request("GET", wire.at("/open"), Map.of(), ""));
            assertThat(open.header(name)).isEqualTo("AAAA");
            Answer masked = call(new Request("GET", wire.at("/masked"), Map.of(), ""));
            assertThat(masked.text()).isEqualTo(MASKED);
            assertThat(masked.header(name)).isNull();
            assertThat(masked.header("x-amz-request-id")).isEqualTo("1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"?coding=br", "?status=206", "?coding=identity,br"})
    void aBodyThatCannotBeMaskedIsRefused(String how) {
        assertThatThrownBy(() -> call(get("/masked" + how)))
                .hasStackTraceContaining("Refused by Sallyport")
                .satisfies(e -> assertThat(String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT))
                        .doesNotContain("secret"));
    }

    /** As a whole or in pieces: what comes of it before it ends is no answer. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 11\r\n\r\n{\"email\":\"4",
                "Transfer-Encoding: chunked\r\n\r\nb\r\n{\"email\":\"4\r\n0\r\n\r\n"
            })
    void aMaskedBodyThatEndsTooEarlyIsRefused(String rest) throws Exception {
        String head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n";
        try (WireServer wire = new WireServer(head + rest)) {
            assertThatThrownBy(() -> call(new Request("GET", wire.at("/people"), Map.of(), "")))
                    .hasStackTraceContaining("Refused by Sallyport");
        }
    }

    @Test
    void anAnswerIsRefusedByItsStatus() throws Exception {
        assertThat(call(get("/no-errors?status=404")).status()).isEqualTo(404);
        assertThat(call(get("/no-errors")).text()).isEqualTo(Server.BODY);
        assertThatThrownBy(() -> call(get("/no-errors?status=503")))
                .isInstanceOf(refusal())
                .hasMessageContaining("this answer stays outside [rule no-errors");
    }

    @Test
    void answersWithoutABodyBehaveAsBefore() throws Exception {
        assertThat(call(get("/masked?status=204")).status()).isEqualTo(204);
        assertThat(call(get("/masked?status=304")).status()).isEqualTo(304);
        Answer head = call(request("HEAD", "/masked", ""));
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.header("Content-Length")).isEqualTo("9");
        assertThat(head.header("ETag")).isEqualTo("\"e1\"");
    }

    @Test
    void anAnswerIsRecordedWithItsStatusSizesAndTime() throws Exception {
        call(request("POST", "/open?echo&status=404", "a body"));
        Event result = recorded();
        assertThat(result.reason()).isEqualTo("status 404; sent 6 bytes");
        assertThat(result.bytes()).isEqualTo(6);
        assertThat(result.tls()).startsWith("TLSv1.");
        assertThat(result.micros()).isPositive();
        assertThat(result.sample()).isNull();
    }

    @Test
    void aMaskedBodyIsRecordedWhenItHasEnded() throws Exception {
        call(get("/masked?coding=gzip"));
        Event result = recorded();
        assertThat(result.reason()).startsWith("status 200");
        assertThat(result.bytes()).isEqualTo(MASKED.length());
        assertThat(result.cells()).isEqualTo(Map.of("upper-case", 1L));
        assertThat(result.sample()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/masked", "/masked?coding=gzip", "/open", "/open?coding=gzip", "/open?status=500", "/unless"})
    void theFullRecordHasTheBeginningOfTheBodyAsItsCallerSawItWithoutWhatIsMasked(String path) throws Exception {
        Governed.record(RecordLevel.FULL);
        Answer answer = call(get(path));
        if (path.equals("/open")) {
            assertThat(answer.header("Content-Length")).isEqualTo("9");
            assertThat(answer.header("ETag")).isEqualTo("\"e1\"");
        }
        Event result = recorded();
        assertThat(result.sample()).isEqualTo(path.startsWith("/open") ? Server.BODY : MASKED);
        if (!path.equals("/open?coding=gzip") || !decodes()) {
            assertThat(result.bytes()).isEqualTo(answer.body().length);
        }
    }

    @Test
    void theFullRecordReadsABodyInItsCharset() throws Exception {
        Governed.record(RecordLevel.FULL);
        call(get("/open?format=csv&charset=ISO-8859-1"));
        assertThat(recorded().sample()).contains(Documents.NAME, Documents.EMAIL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/open?echo", "/open?echo&status=404", "/body?echo", "/denied-for-put?echo", "/held-body?echo"})
    void theFullRecordHasTheBodyThatWasSent(String path) throws Exception {
        Governed.record(RecordLevel.FULL);
        if (path.startsWith("/held")) {
            CompletableFuture<Answer> answer = inBackground(request("POST", path, "a body"));
            Governed.APPROVER.next().approve();
            answer.get(10, TimeUnit.SECONDS);
        } else {
            call(request("POST", path, "a body"));
        }
        assertThat(recorded().values()).isEqualTo("a body");
        assertThat(server.seen()).containsExactly("POST " + path);
    }

    /** Which some clients do when all the rest of the request is decided. */
    @Test
    void theFullRecordHasTheBodyThatWasSentWithWhatTheClientAddsByItself() throws Exception {
        Governed.record(RecordLevel.FULL);
        callWithStoredCookie("allowed", request("POST", "/open?echo", "a body"));
        assertThat(recorded().values()).isEqualTo("a body");
    }

    @Test
    void theFullRecordOfARequestHasNoCredentialAndHashesWhatAMaskIsAbout() throws Exception {
        Governed.record(RecordLevel.FULL);
        String body =
                "{\"email\":\"ada@canary.example\",\"n\":4711,\"password\":\"canary-1\",\"in\":{\"E-Mail\":4242}}";
        Request asked =
                new Request("POST", server.at("/people?echo"), Map.of("Content-Type", "application/json"), body);
        call(asked);
        String hash = "hmac:[0-9a-f]{16}";
        assertThat(recorded().values())
                .matches("\\{\"email\":\"" + hash + "\",\"n\":4711,\"password\":\"…\",\"in\":\\{\"E-Mail\":\"" + hash
                        + "\"}}");
    }

    @Test
    void ofALongBodyTheFullRecordHasTheBeginningAndItArrivesWhole() throws Exception {
        Governed.record(RecordLevel.FULL);
        String body = "0123456789".repeat(20_000);
        assertThat(call(request("POST", "/open?echo", body)).text()).isEqualTo(body);
        assertThat(recorded().values()).isEqualTo(body.substring(0, 8 * 1024) + "…");
    }

    @Test
    void aBodyThatIsNoTextIsInTheFullRecordByItsLength() throws Exception {
        Governed.record(RecordLevel.FULL);
        call(request("POST", "/open?echo", "no \0 text"));
        assertThat(recorded().values()).isEqualTo("<9 bytes>");
    }

    @Test
    void noBodyIsRecordedBelowTheFullLevel() throws Exception {
        call(request("POST", "/open?echo", "a body"));
        assertThat(recorded().values()).isNull();
    }

    /** Clients that send a body again where it is asked for elsewhere. */
    @Test
    void ofARedirectTheFullRecordHasWhatWasSentToEachPlace() throws Exception {
        Governed.record(RecordLevel.FULL);
        int status = call(request("POST", "/redirect?by=307&to=/open?echo", "a body"))
                .status();
        // Of an answer that the client follows and does not read, the result is there when it is collected.
        assertThat(Governed.RECORDED)
                .filteredOn(event -> event.type() == Event.Type.RESULT)
                .allMatch(event -> "a body".equals(event.values()))
                .anyMatch(event -> event.summary().equals(status == 307 ? "POST /redirect" : "POST /open"));
    }

    @Test
    void theFullRecordHasHeaderFieldsAndNeverACredentialOrAQuerysValue() throws Exception {
        Governed.record(RecordLevel.FULL);
        Map<String, String> fields = Map.of(
                "Authorization", "Bearer canary-1",
                "Cookie", "session=canary-2",
                "X-Api-Key", "canary-3",
                "X-Customer", "canary-4",
                "Accept", "text/plain");
        call(new Request("GET", server.at("/open?token=canary-5&status=200"), fields, ""));
        Event result = recorded();
        assertThat(result.reason())
                .startsWith("status 200")
                .contains(" accept=text/plain", " x-customer=?", "; answer content-type=text/plain");
        assertThat(result.reason().toLowerCase(Locale.ROOT)).doesNotContain("authorization", "cookie", "api-key");
        assertThat(result.detail()).isEqualTo("GET /open?token=?&status=?");
        assertThat(Governed.RECORDED.toString()).doesNotContain("canary");
    }

    /** The result of the only call; callers may be told of the answer before it is there. */
    private static Event recorded() throws InterruptedException {
        for (int i = 0; i < 500; i++) {
            List<String> decided = Governed.RECORDED.stream()
                    .filter(event -> event.type() == Event.Type.DECISION)
                    .map(Event::call)
                    .distinct()
                    .toList();
            // Bodies that earlier tests gave up are recorded when they are collected.
            List<Event> results = Governed.RECORDED.stream()
                    .filter(event -> event.type() == Event.Type.RESULT && decided.contains(event.call()))
                    .toList();
            if (!results.isEmpty()) {
                assertThat(decided).hasSize(1);
                assertThat(results).hasSize(1);
                return results.get(0);
            }
            Thread.sleep(10);
        }
        throw new AssertionError("no result in " + Governed.RECORDED);
    }

    @Test
    void aCallerParksUntilApprovedAndTheCallIsSentOnce() throws Exception {
        CompletableFuture<Answer> answer = inBackground(request("POST", "/held?echo", "a body"));
        Approver.Case held = Governed.APPROVER.next();
        assertThat(answer).isNotDone();
        assertThat(server.seen()).isEmpty();
        held.approve();
        assertThat(answer.get(10, TimeUnit.SECONDS).text()).isEqualTo("a body");
        assertThat(server.seen()).containsExactly("POST /held?echo");
    }

    @Test
    void aCallThatPeopleRefuseThrowsAndNeverLeaves() throws Exception {
        CompletableFuture<Answer> answer = inBackground(get("/held"));
        Governed.APPROVER.next().refuse();
        assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS)).hasStackTraceContaining("ask");
        assertThat(server.seen()).isEmpty();
    }

    @Test
    void theCallersOwnLimitEndsAHold() throws Exception {
        Throwable ended = catchThrowable(() -> call(get("/held"), Duration.ofMillis(300)));
        assertThat(ended).isInstanceOf(timeout());
        Approver.Case held = Governed.APPROVER.next();
        assertThat(server.seen()).isEmpty();
        // Where the client's own clock comes late, the hold's, which knows the limit, has told the caller to come
        // again.
        if (leavesItsTicket() || Throwables.getStackTrace(ended).contains("still waits for approval")) {
            held.approve();
            assertThat(call(get("/held")).text()).isEqualTo(Server.BODY);
            assertThat(server.seen()).containsExactly("GET /held");
        } else {
            assertThat(Governed.APPROVER.withdrawn()).isEqualTo(held.ticket().id());
        }
    }

    @Override
    protected final CompletableFuture<Answer> inBackground(Request request) {
        CompletableFuture<Answer> future = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                future.complete(call(request));
            } catch (Throwable t) {
                future.completeExceptionally(t);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return future;
    }
}
