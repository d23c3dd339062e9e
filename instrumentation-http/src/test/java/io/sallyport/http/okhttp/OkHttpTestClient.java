package io.sallyport.http.okhttp;

import io.sallyport.http.contract.HttpClientContract.Answer;
import io.sallyport.http.contract.HttpClientContract.Request;
import io.sallyport.http.contract.TestClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Cookie;
import okhttp3.CookieJar;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import okhttp3.Response;

/** By what all versions since 3.12 have. */
public class OkHttpTestClient implements TestClient {

    private final OkHttpClient client = new OkHttpClient();

    private Call call(OkHttpClient by, Request request) {
        okhttp3.Request.Builder builder = new okhttp3.Request.Builder()
                .url(request.uri().toString())
                .method(request.method(), request.body().isEmpty() ? null : RequestBody.create(null, request.body()));
        request.headers().forEach(builder::addHeader);
        return by.newCall(builder.build());
    }

    private static Answer answer(Response response) throws IOException {
        try (response) {
            byte[] body = response.body().bytes();
            return new Answer(response.code(), response.headers().toMultimap(), body, trailers(response));
        }
    }

    private static Map<String, String> trailers(Response response) throws IOException {
        try {
            Map<String, String> trailers = new TreeMap<>();
            response.trailers()
                    .forEach(field -> trailers.put(field.getFirst().toLowerCase(Locale.ROOT), field.getSecond()));
            return trailers;
        } catch (LinkageError since314) {
            return null;
        }
    }

    @Override
    public Answer callWithLateFields(Request request) throws Exception {
        Request bare = new Request(request.method(), request.uri(), Map.of(), request.body());
        OkHttpClient by = client.newBuilder()
                .addNetworkInterceptor(chain -> {
                    okhttp3.Request.Builder sent = chain.request().newBuilder();
                    request.headers().forEach(sent::header);
                    return chain.proceed(sent.build());
                })
                .build();
        return answer(call(by, bare).execute());
    }

    @Override
    public Answer callWithStoredCookie(String name, Request request) throws Exception {
        Cookie stored = new Cookie.Builder()
                .name(name)
                .value("1")
                .domain(request.uri().getHost())
                .build();
        CookieJar store = new CookieJar() {
            @Override
            public void saveFromResponse(HttpUrl url, List<Cookie> cookies) {}

            @Override
            public List<Cookie> loadForRequest(HttpUrl url) {
                return List.of(stored);
            }
        };
        return answer(
                call(client.newBuilder().cookieJar(store).build(), request).execute());
    }

    @Override
    public Answer callWithCredentials(String user, String password, Request request) throws Exception {
        OkHttpClient by = client.newBuilder()
                .authenticator((route, asked) -> asked.request()
                        .newBuilder()
                        .header("Authorization", Credentials.basic(user, password))
                        .build())
                .build();
        return answer(call(by, request).execute());
    }

    @Override
    public Answer call(Request request, Duration limit) throws Exception {
        OkHttpClient by = limit == null
                ? client
                : client.newBuilder()
                        .callTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                        .build();
        return answer(call(by, request).execute());
    }

    @Override
    public Answer callAt(String place, String pathAndQuery) throws Exception {
        return answer(client.newCall(
                        new okhttp3.Request.Builder().url(place + pathAndQuery).build())
                .execute());
    }

    @Override
    public Answer callThrough(InetSocketAddress proxy, Request request) throws Exception {
        OkHttpClient by = client.newBuilder()
                .proxy(new java.net.Proxy(java.net.Proxy.Type.HTTP, proxy))
                .build();
        return answer(call(by, request).execute());
    }

    @Override
    public CompletableFuture<Answer> start(Request request) {
        Call call = call(client, request);
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        call.enqueue(new Callback() {
            @Override
            public void onFailure(Call failed, IOException e) {
                answer.completeExceptionally(e);
            }

            @Override
            public void onResponse(Call done, Response response) {
                try {
                    answer.complete(answer(response));
                } catch (IOException e) {
                    answer.completeExceptionally(e);
                }
            }
        });
        answer.whenComplete((a, failure) -> {
            if (answer.isCancelled()) {
                call.cancel();
            }
        });
        return answer;
    }
}
