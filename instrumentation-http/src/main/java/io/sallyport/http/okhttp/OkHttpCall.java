package io.sallyport.http.okhttp;

import io.sallyport.core.hold.Waiter;
import io.sallyport.core.verdict.Passage;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.http.Framing;
import io.sallyport.http.HttpCall;
import io.sallyport.http.HttpGate;
import io.sallyport.http.LineBreak;
import io.sallyport.http.OutgoingBody;
import io.sallyport.http.OutgoingRequest;
import io.sallyport.http.answer.FieldValues;
import io.sallyport.http.answer.MaskedAnswer;
import io.sallyport.weaving.AdviceFrames;
import io.sallyport.weaving.StateField;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Connection;
import okhttp3.Dispatcher;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** What is known about one {@code Call}. Lives in the call's state. Thread-safe as far as a call is: {@code cancel} comes from anywhere. */
final class OkHttpCall {

    private static final HttpGate GATE = HttpGate.current();

    private final Call call;
    private final HttpCall requests = new HttpCall();
    private final Waiter waiter;
    private volatile boolean enqueued;
    private volatile @Nullable HeldEnqueue held;
    private volatile @Nullable IOException refused;

    /** The request that was decided last, as it is sent. */
    private volatile @Nullable Request admittedAs;

    /** A body of the application, and what of it the rules saw and is sent in its place. */
    private volatile @Nullable RequestBody original;

    private volatile @Nullable RequestBody read;

    private OkHttpCall(Call call) {
        this.call = call;
        long limit = limit(call);
        this.waiter = limit > 0 ? new Waiter(Duration.ofNanos(limit)) : Waiter.unlimited();
    }

    /** Nanoseconds for the whole call; 0 for none, as before OkHttp 3.12. */
    private static long limit(Call call) {
        try {
            return call.timeout().timeoutNanos();
        } catch (NoSuchMethodError before312) {
            return 0;
        }
    }

    static OkHttpCall of(Call call) {
        synchronized (call) {
            OkHttpCall known = StateField.get(call, OkHttpCall.class);
            if (known == null) {
                known = new OkHttpCall(call);
                StateField.set(call, known);
            }
            return known;
        }
    }

    /** @return whether the call is held: it is enqueued later */
    boolean enqueue(Callback callback, Dispatcher dispatcher) {
        HeldEnqueue waiting = held;
        if (waiting != null && !waiting.over()) {
            throw AdviceFrames.without(new IllegalStateException("Already Executed"));
        }
        if (enqueued || call.isExecuted()) {
            return false;
        }
        enqueued = true;
        WrittenBody written = WrittenBody.of(call.request());
        OutgoingRequest request = OkHttpRequest.of(call.request()).with(written);
        CompletableFuture<Passage> admission = GATE.admitAsync(request);
        read(call.request(), written);
        HeldEnqueue hold = new HeldEnqueue(this, call, callback, request, admission);
        if (admission.isDone()) {
            hold.take();
            return false;
        }
        held = hold;
        hold.begin(waiter, HeldCalls.of(dispatcher));
        return true;
    }

    void admitted(OutgoingRequest request, Passage passage) {
        requests.admitted(request, passage);
    }

    /** The call goes on and fails where it would be sent. */
    void refused(IOException why) {
        refused = why;
    }

    void cancelled() {
        waiter.giveUp("the call was cancelled");
        HeldEnqueue waiting = held;
        if (waiting != null) {
            waiting.cancel();
        }
    }

    /** The rules have seen this body, if {@code written} was read. */
    private void read(Request request, @Nullable WrittenBody written) {
        if (written != null && written.captured() != null) {
            original = request.body();
            read = written.sent(request).body();
        }
    }

    /**
     * The interceptors of the application have had the request. Where a rule asks for its body, it is decided and given the body that
     * the rule saw; else the decision is made when a connection is needed, which may not be the case.
     */
    static Interceptor.Chain bridging(Interceptor.Chain chain) throws IOException {
        Request request = chain.request();
        OkHttpCall call = of(chain.call());
        if (request.body() == null || !GATE.asksForBody(OkHttpRequest.of(request))) {
            return chain;
        }
        if (call.original != request.body()) {
            WrittenBody written = WrittenBody.of(request);
            call.decide(OkHttpRequest.of(request).with(written));
            call.read(request, written);
        }
        RequestBody seen = call.read;
        return call.original != request.body() || seen == null
                ? chain
                : ReadChain.of(
                        chain,
                        request.newBuilder().method(request.method(), seen).build());
    }

    /** Nothing of the chain's request has been sent. */
    static void connecting(Interceptor.Chain chain) throws IOException {
        Request request = chain.request();
        OkHttpCall call = of(chain.call());
        if (request == call.admittedAs && !call.requests.isSent()) {
            // Requests do not change, and nothing between the two places that ask has made another.
            return;
        }
        OutgoingRequest next = OkHttpRequest.of(request);
        // A body that came in below the place where the rules see bodies.
        boolean other = request.body() != null && call.read != null && request.body() != call.read;
        call.decide(other || call.read == null && request.body() != null ? next.with(OutgoingBody.UNREADABLE) : next);
        call.admittedAs = request;
    }

    /** The chain has a connection, and nothing of the request was written to it. */
    static void sending(Interceptor.Chain chain) throws IOException {
        connecting(chain);
        HttpCall requests = of(chain.call()).requests;
        ShownSink.begin(chain.request(), requests);
        Connection connection = chain.connection();
        try {
            refuseLineBreaks(chain.request());
            if (connection == null || !connection.protocol().toString().startsWith("h2")) {
                RequestBody body = chain.request().body();
                demandFraming(chain.request(), body == null ? 0 : body.contentLength());
            }
            if (connection != null
                    && !chain.request().url().isHttps()
                    && connection.route().proxy().type() == Proxy.Type.HTTP
                    && connection.route().proxy().address() instanceof InetSocketAddress proxy) {
                requests.goesThrough(proxy.getHostString(), proxy.getPort());
            }
            requests.sendingBy(connection == null ? null : connection.socket());
        } catch (RefusedException no) {
            throw OkHttpRefusals.exception(no.refusal());
        }
    }

    /** A value that the client was told not to look at ({@code Headers.Builder.addUnsafeNonAscii}) is written as it is. */
    private static void refuseLineBreaks(Request request) throws RefusedException {
        for (int i = 0; i < request.headers().size(); i++) {
            if (LineBreak.isIn(request.headers().value(i))) {
                GATE.refuse(
                        OkHttpRequest.of(request),
                        "line-break",
                        "a header field contains a line break, behind which its server would read something else; take it"
                                + " out");
                return;
            }
        }
    }

    /** The client is about to write a body by HTTP/1.1, of which it has asked for the length once more. */
    static void framed(Request request, long length) throws IOException {
        try {
            demandFraming(request, length);
        } catch (RefusedException no) {
            throw OkHttpRefusals.exception(no.refusal());
        }
    }

    /** The client writes fields of network interceptors, and what a body says of itself, whatever that comes to. */
    private static void demandFraming(Request request, long length) throws RefusedException {
        List<String> codings = request.headers("Transfer-Encoding");
        // The client asks this, too, and chunks a body of any length then.
        boolean chunked = "chunked".equalsIgnoreCase(request.header("Transfer-Encoding"));
        Framing framing = Framing.of(request.headers("Content-Length"), codings, chunked);
        if (!framing.takes(chunked ? 0 : Math.max(length, 0)) || !framing.ends()) {
            Framing.refuse(OkHttpRequest.of(request));
        }
    }

    private void decide(OutgoingRequest request) throws IOException {
        IOException decided = refused;
        if (decided != null) {
            throw decided;
        }
        try {
            requests.decide(request, this::admit);
        } catch (RefusedException no) {
            throw OkHttpRefusals.exception(no.refusal());
        }
    }

    /** A dispatcher's worker must not be parked. */
    private Passage admit(OutgoingRequest request) throws RefusedException {
        return enqueued ? GATE.follow(request) : GATE.admit(request, waiter);
    }

    static @Nullable Response answered(Interceptor.Chain chain, @Nullable Response response, @Nullable Throwable thrown)
            throws IOException {
        ShownSink.end(chain.request());
        HttpCall requests = of(chain.call()).requests;
        if (response == null) {
            requests.failed(thrown);
            return null;
        }
        try {
            MaskedAnswer masked =
                    requests.answered(response.code(), name -> FieldValues.joined(response.headers(name)), false);
            return masked == null ? response : MaskedBody.in(response, masked);
        } catch (RefusedException no) {
            response.close();
            throw OkHttpRefusals.exception(no.refusal());
        }
    }
}
