package io.sallyport.http.asynchttpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.DefaultCookie;
import io.sallyport.core.record.Event;
import io.sallyport.http.contract.AsyncHttpClientContract;
import io.sallyport.http.contract.Governed;
import io.sallyport.http.contract.RewritingHandler;
import io.sallyport.http.contract.Server;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.asynchttpclient.AsyncCompletionHandlerBase;
import org.asynchttpclient.AsyncHttpClient;
import org.asynchttpclient.Dsl;
import org.asynchttpclient.ListenableFuture;
import org.asynchttpclient.Realm;
import org.asynchttpclient.RequestBuilder;
import org.asynchttpclient.Response;
import org.asynchttpclient.netty.request.NettyRequest;
import org.asynchttpclient.uri.Uri;
import org.asynchttpclient.ws.WebSocketUpgradeHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AsyncHttpClientTest extends AsyncHttpClientContract {

    private final AsyncHttpClient client = Dsl.asyncHttpClient(Dsl.config().setFollowRedirect(true));

    @AfterEach
    void closeClient() throws Exception {
        client.close();
    }

    private CompletableFuture<Answer> send(Request request, Consumer<RequestBuilder> setting) {
        RequestBuilder builder =
                new RequestBuilder(request.method()).setUrl(request.uri().toString());
        request.headers().forEach(builder::addHeader);
        if (!request.body().isEmpty()) {
            builder.setBody(request.body());
        }
        setting.accept(builder);
        ListenableFuture<Response> sent = client.executeRequest(builder);
        CompletableFuture<Answer> answer = sent.toCompletableFuture().thenApply(AsyncHttpClientTest::answer);
        answer.whenComplete((a, failure) -> {
            if (answer.isCancelled()) {
                sent.cancel(true);
            }
        });
        return answer;
    }

    private static Answer answer(Response response) {
        Map<String, List<String>> fields = new TreeMap<>();
        response.getHeaders()
                .forEach(e -> fields.computeIfAbsent(e.getKey(), name -> new ArrayList<>())
                        .add(e.getValue()));
        return new Answer(response.getStatusCode(), fields, response.getResponseBodyAsBytes());
    }

    @Override
    protected Class<? extends Throwable> closeWhileHeld() throws Exception {
        client.close();
        return IllegalStateException.class;
    }

    @Override
    protected void connectForeign(InetSocketAddress place) throws Exception {
        MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try {
            new Bootstrap()
                    .group(loops)
                    .channel(NioSocketChannel.class)
                    .handler(new ChannelInboundHandlerAdapter())
                    .connect(place)
                    .sync()
                    .channel()
                    .close();
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    @Override
    protected CompletableFuture<Answer> start(Request request) {
        return send(request, builder -> {});
    }

    @Override
    protected Answer call(Request request) throws Exception {
        return join(start(request));
    }

    @Override
    protected Answer call(Request request, Duration limit) throws Exception {
        return join(send(request, builder -> builder.setRequestTimeout(limit)));
    }

    private static Answer join(CompletableFuture<Answer> answer) throws Exception {
        try {
            return answer.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw (Exception) e.getCause();
        }
    }

    /** Of an application's class, which answers each question by {@code first} so often, and by {@code then} from then on. */
    private static org.asynchttpclient.Request fickle(RequestBuilder first, int times, RequestBuilder then) {
        Map<String, Integer> asked = new ConcurrentHashMap<>();
        org.asynchttpclient.Request now = first.build();
        org.asynchttpclient.Request later = then.build();
        return (org.asynchttpclient.Request) Proxy.newProxyInstance(
                AsyncHttpClientTest.class.getClassLoader(),
                new Class<?>[] {org.asynchttpclient.Request.class},
                (proxy, method, arguments) ->
                        method.invoke(asked.merge(method.getName(), 1, Integer::sum) > times ? later : now, arguments));
    }

    @Test
    void aRequestThatChangesAfterTheDecisionIsSentAsItWasDecided() throws Exception {
        RequestBuilder open =
                new RequestBuilder("GET").setUrl(server.at("/open").toString());
        RequestBuilder denied =
                new RequestBuilder("DELETE").setUrl(server.at("/denied").toString());
        for (int times = 1; times < 12; times++) {
            try {
                client.executeRequest(fickle(open, times, denied)).get(10, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                assertThat(e).cause().hasMessageContaining("no-denied");
            }
        }
        assertThat(server.seen()).isNotEmpty().allMatch("GET /open"::equals);
    }

    @Test
    void whatAHandlerMakesOfARequestThatWasDecidedIsNotSent() {
        for (Consumer<HttpRequest> change : List.<Consumer<HttpRequest>>of(
                request -> request.setUri("/denied"), request -> request.setMethod(HttpMethod.DELETE))) {
            var sent = client.prepareGet(server.at("/open").toString()).execute(new AsyncCompletionHandlerBase() {
                @Override
                public void onRequestSend(NettyRequest request) {
                    change.accept(request.getHttpRequest());
                }
            });
            assertThatThrownBy(() -> sent.get(20, TimeUnit.SECONDS)).hasStackTraceContaining("Refused by Sallyport");
        }
        assertThat(server.seen()).isEmpty();
    }

    /** The client's configuration lets it have one. */
    @Test
    void whatAHandlerOfTheChannelMakesOfARequestThatWasDecidedIsNotSent() throws Exception {
        try (AsyncHttpClient by = Dsl.asyncHttpClient(Dsl.config()
                .setHttpAdditionalChannelInitializer(
                        channel -> channel.pipeline().addLast(new RewritingHandler())))) {
            var sent = by.prepareGet(server.plain("/open").toString()).execute();
            assertThatThrownBy(() -> sent.get(20, TimeUnit.SECONDS)).hasStackTraceContaining("Refused by Sallyport");
        }
        assertThat(server.seen()).isEmpty();
    }

    @Override
    protected Set<String> sentAgain() {
        return Set.of("GET", "POST");
    }

    @Override
    protected Answer callWithCredentials(Request request) throws Exception {
        Realm.Builder known = Dsl.basicAuthRealm(USER, PASSWORD).setUsePreemptiveAuth(false);
        return join(send(request, builder -> builder.setRealm(known)));
    }

    @Override
    protected Answer callAt(String place, String pathAndQuery) throws Exception {
        return join(client.prepareGet(place + pathAndQuery)
                .execute()
                .toCompletableFuture()
                .thenApply(AsyncHttpClientTest::answer));
    }

    @Override
    protected Answer callThrough(InetSocketAddress proxy, Request request) throws Exception {
        return join(send(
                request, builder -> builder.setProxyServer(Dsl.proxyServer(proxy.getHostString(), proxy.getPort()))));
    }

    @Override
    protected Class<? extends Throwable> timeout() {
        return TimeoutException.class;
    }

    @Override
    protected boolean decodes() {
        return true;
    }

    @ParameterizedTest
    @CsvSource({"/denied,no-denied", "/masked,messages of a WebSocket are not masked", "/secure,not encrypted"})
    void theHandshakeOfAWebSocketIsDecided(String path, String why) {
        String uri = webSocket(path).toString().replaceFirst("^http", "ws");
        ListenableFuture<?> socket = client.prepareGet(uri).execute(new WebSocketUpgradeHandler.Builder().build());
        assertThatThrownBy(() -> socket.get(10, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(refusal())
                .hasMessageContaining(why);
        assertThat(server.seen()).isEmpty();
    }

    /** Of which the client makes the field {@code Host}. */
    @Test
    void aVirtualHostDoesNotEvadeTheRule() {
        RequestBuilder request =
                new RequestBuilder("GET").setUrl(server.at("/open").toString()).setVirtualHost("denied.example");
        assertThatThrownBy(() -> client.executeRequest(request).get(10, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(refusal())
                .hasMessageContaining("no-denied");
        assertThat(server.seen()).isEmpty();
    }

    @Test
    void anAddressThatLeadsElsewhereThanTheUrlHasItsSayToo() throws Exception {
        int port = server.plain("/").getPort();
        RequestBuilder request = new RequestBuilder("GET")
                .setUrl("http://users.example:" + port + "/open")
                .setAddress(InetAddress.getByName("127.0.0.1"));
        assertThat(client.executeRequest(request).get(10, TimeUnit.SECONDS).getResponseBody())
                .isEqualTo(Server.BODY);
        assertThat(Governed.RECORDED)
                .filteredOn(event -> event.type() == Event.Type.DECISION)
                .extracting(Event::target)
                .containsExactly("http://127.0.0.1:" + port + "/open", "http://users.example:" + port + "/open");
    }

    @Override
    protected Answer callWithStoredCookie(String name, Request request) throws Exception {
        Cookie cookie = new DefaultCookie(name, "1");
        cookie.setPath("/");
        client.getConfig().getCookieStore().add(Uri.create(request.uri().toString()), cookie);
        try {
            return call(request);
        } finally {
            client.getConfig().getCookieStore().clear();
        }
    }

    @Test
    void credentialsOfTheClientsRealmAreSeenByRulesAboutFields() {
        Realm.Builder realm = Dsl.basicAuthRealm("forbidden", "canary");
        Consumer<RequestBuilder> preemptive = request -> request.setRealm(realm.setUsePreemptiveAuth(true));
        assertThatThrownBy(() -> join(send(get("/open"), preemptive)))
                .isInstanceOf(refusal())
                .hasMessageContaining("no-denied");
        assertThat(server.seen()).isEmpty();

        Consumer<RequestBuilder> challenged = request -> request.setRealm(realm.setUsePreemptiveAuth(false));
        assertThatThrownBy(() -> join(send(get("/open?status=401"), challenged)))
                .isInstanceOf(refusal())
                .hasMessageContaining("no-denied");
        assertThat(server.seen()).containsExactly("GET /open?status=401");
    }

    @Test
    void credentialsThatNoRuleForbidsAreSentOnceApproved() throws Exception {
        Realm.Builder realm = Dsl.basicAuthRealm("ada", "canary").setUsePreemptiveAuth(true);
        CompletableFuture<Answer> answer = send(get("/held"), request -> request.setRealm(realm));
        Governed.APPROVER.next().approve();
        assertThat(answer.get(10, TimeUnit.SECONDS).text()).isEqualTo(Server.BODY);
        assertThat(server.seen()).containsExactly("GET /held");
    }
}
