package io.sallyport.http.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.http.contract.Approver;
import io.sallyport.http.contract.Governed;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import okhttp3.Cache;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.BufferedSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OkHttp5Test extends OkHttpContract {

    OkHttp5Test() {
        super(new OkHttpTestClient());
    }

    private okhttp3.Request request(String path) {
        return new okhttp3.Request.Builder().url(server.at(path).toString()).build();
    }

    @Test
    void anInterceptorBelowTheDecisionCannotChangeWhatIsSent() {
        OkHttpClient redirecting = new OkHttpClient.Builder()
                .addNetworkInterceptor(chain -> chain.proceed(request("/denied")))
                .build();
        assertThatThrownBy(() -> redirecting.newCall(request("/open")).execute())
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("no-denied");
        assertThat(server.seen()).isEmpty();
    }

    @Test
    void aLineBreakThatTheClientWasToldNotToLookAtSmugglesNoOtherRequest() {
        Headers odd = new Headers.Builder()
                .addUnsafeNonAscii("X-Note", "a\r\n\r\nGET /denied HTTP/1.1\r\nHost: x")
                .build();
        Call call = new OkHttpClient()
                .newCall(request("/open").newBuilder().headers(odd).build());
        assertThatThrownBy(call::execute)
                .isInstanceOf(ProtocolException.class)
                .hasMessageStartingWith("Refused by Sallyport");
        assertThat(server.seen()).isEmpty();
    }

    /** However often it is asked before it is written. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void aBodyThatSaysAnotherLengthTheNextTimeSmugglesNoOtherRequest(int times) {
        RequestBody lying = new RequestBody() {
            private int asked;

            @Override
            public MediaType contentType() {
                return null;
            }

            @Override
            public long contentLength() {
                return asked++ < times ? 0 : 33;
            }

            @Override
            public void writeTo(BufferedSink sink) throws IOException {
                sink.writeUtf8("GET /denied HTTP/1.1\r\nHost: x\r\n\r\n");
            }
        };
        OkHttpClient client = new OkHttpClient();
        for (okhttp3.Request sent :
                List.of(request("/open").newBuilder().post(lying).build(), request("/open"))) {
            try (Response response = client.newCall(sent).execute()) {
                assertThat(response.code()).isEqualTo(200);
            } catch (IOException refused) {
                assertThat(sent.body()).isNotNull();
            }
        }
        assertThat(server.seen()).doesNotContain("GET /denied");
    }

    @Test
    void theTimeoutOfAMaskedBodyIsThatOfItsConnection() throws IOException {
        OkHttpClient client =
                new OkHttpClient.Builder().readTimeout(Duration.ofSeconds(7)).build();
        try (Response response = client.newCall(request("/masked")).execute()) {
            assertThat(response.body().source().timeout().timeoutNanos()).isEqualTo(TimeUnit.SECONDS.toNanos(7));
        }
    }

    @Test
    void noInterceptorAndNoCacheSeesWhatIsMasked(@TempDir Path folder) throws IOException {
        StringBuilder seen = new StringBuilder();
        OkHttpClient looking = new OkHttpClient.Builder()
                .cache(new Cache(folder.toFile(), 1 << 20))
                .addNetworkInterceptor(chain -> {
                    Response response = chain.proceed(chain.request());
                    seen.append(response.peekBody(100).string());
                    return response;
                })
                .build();
        try (Response response = looking.newCall(request("/masked")).execute()) {
            assertThat(response.body().string()).isEqualTo(MASKED);
        }
        assertThat(seen).hasToString(MASKED);
    }

    @Test
    void aCallThatIsCancelledWhileItParksIsWithdrawn() throws Exception {
        Call call = new OkHttpClient().newCall(request("/held"));
        CompletableFuture<Throwable> thrown = CompletableFuture.supplyAsync(() -> {
            try {
                return new AssertionError(call.execute().toString());
            } catch (IOException e) {
                return e;
            }
        });
        Approver.Case held = Governed.APPROVER.next();
        call.cancel();
        assertThat(thrown.get(10, TimeUnit.SECONDS))
                .isInstanceOf(IOException.class)
                .hasMessage("Canceled");
        assertThat(Governed.APPROVER.withdrawn()).isEqualTo(held.ticket().id());
    }

    @Test
    void whatItsDispatcherCancelsIsWithdrawnBeforeItWasEnqueued() throws Exception {
        OkHttpClient client = new OkHttpClient();
        Call call = client.newCall(request("/held"));
        CompletableFuture<IOException> failed = new CompletableFuture<>();
        call.enqueue(new Callback() {
            @Override
            public void onFailure(Call by, IOException e) {
                failed.complete(e);
            }

            @Override
            public void onResponse(Call by, Response response) {
                failed.completeExceptionally(new AssertionError(response.toString()));
            }
        });
        Approver.Case held = Governed.APPROVER.next();
        client.dispatcher().cancelAll();
        assertThat(failed.get(10, TimeUnit.SECONDS)).hasMessage("Canceled");
        assertThat(call.isCanceled()).isTrue();
        assertThat(Governed.APPROVER.withdrawn()).isEqualTo(held.ticket().id());
    }

    @ParameterizedTest
    @CsvSource({"/denied,no-denied", "/masked,messages of a WebSocket are not masked"})
    void theHandshakeOfAWebSocketIsDecided(String path, String why) throws Exception {
        BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
        new OkHttpClient().newWebSocket(request(path), new WebSocketListener() {
            @Override
            public void onFailure(WebSocket socket, Throwable t, Response response) {
                failures.add(t);
            }
        });
        assertThat(failures.poll(10, TimeUnit.SECONDS)).hasMessageContaining(why);
        assertThat(server.seen()).isEmpty();
    }

    /** Also where a rule asks for it. */
    @ParameterizedTest
    @ValueSource(strings = {"/open", "/body"})
    void whatTheBodyOfAnApplicationThrowsIsItsCallers(String path) {
        IOException itsOwn = new IOException("gone");
        okhttp3.Request post = request(path)
                .newBuilder()
                .post(new RequestBody() {
                    @Override
                    public MediaType contentType() {
                        return null;
                    }

                    @Override
                    public long contentLength() {
                        return 3;
                    }

                    @Override
                    public void writeTo(BufferedSink sink) throws IOException {
                        throw itsOwn;
                    }
                })
                .build();
        assertThatThrownBy(() -> new OkHttpClient().newCall(post).execute())
                .isInstanceOf(IOException.class)
                .hasMessage("gone");
    }
}
