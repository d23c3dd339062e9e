package io.sallyport.http.vertx;

import io.netty.buffer.ByteBuf;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.http.Framing;
import io.sallyport.http.HttpCall;
import io.sallyport.http.HttpGate;
import io.sallyport.http.HttpRefusals;
import io.sallyport.http.OutgoingBody;
import io.sallyport.http.OutgoingRequest;
import io.sallyport.http.SentBody;
import io.sallyport.http.answer.FieldValues;
import io.sallyport.http.answer.MaskedAnswer;
import io.sallyport.http.netty.SentContent;
import io.sallyport.weaving.StateField;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.impl.HttpClientRequestBase;
import io.vertx.core.http.impl.HttpClientStream;
import io.vertx.core.internal.ContextInternal;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known about one request: its state. */
final class VertxCall {

    final HttpCall requests = new HttpCall();
    private volatile @Nullable IOException refused;
    private volatile @Nullable HeldWrites held;
    private volatile @Nullable SentBody body;

    /** Of a request whose length the application stated. */
    private volatile @Nullable Framing framing;

    private static VertxCall of(Object request) {
        VertxCall call = StateField.get(request, VertxCall.class);
        if (call == null) {
            // Of a connection that the application holds, or a promised answer.
            call = new VertxCall();
            StateField.set(request, call);
        }
        return call;
    }

    /**
     * Something is about to be written.
     *
     * @param headWritten whether the head has been
     * @param connect whether a tunnel is asked for
     * @return {@code null} when it may be
     */
    static @Nullable Future<Void> writing(
            HttpClientRequestBase request,
            ContextInternal context,
            boolean headWritten,
            @Nullable ByteBuf piece,
            boolean end,
            boolean connect) {
        VertxCall call = of(request);
        Future<Void> instead = headWritten ? null : call.head(request, context, piece, end, connect);
        if (instead == null) {
            instead = connect ? null : call.counted(request, piece, end, headWritten);
        }
        if (instead == null) {
            call.show(request, piece);
        }
        return instead;
    }

    /** The client writes as much as it is given behind a length that the application stated; one that it states itself is true. */
    private @Nullable Future<Void> counted(
            HttpClientRequestBase request, @Nullable ByteBuf piece, boolean end, boolean headWritten) {
        List<String> lengths = headWritten ? List.of() : request.headers().getAll("content-length");
        if (!lengths.isEmpty()
                && !request.isChunked()
                && !request.headers().contains("transfer-encoding", "chunked", true)) {
            framing = Framing.of(lengths, request.headers().getAll("transfer-encoding"), false);
        }
        Framing counted = framing;
        if (counted == null || counted.takes(piece == null ? 0 : piece.readableBytes()) && (!end || counted.ends())) {
            return null;
        }
        try {
            Framing.refuse(VertxRequest.of(request));
            return null;
        } catch (RefusedException no) {
            refuse(request, HttpRefusals.ofSockets(no.refusal()));
            return Future.failedFuture(refused);
        }
    }

    private @Nullable Future<Void> head(
            HttpClientRequestBase request,
            ContextInternal context,
            @Nullable ByteBuf piece,
            boolean end,
            boolean connect) {
        if (held == null) {
            Future<Void> failed = sending(request, null);
            boolean bodiless = connect || end && (piece == null || !piece.isReadable());
            OutgoingRequest head = failed == null && !bodiless ? VertxRequest.of(request) : null;
            if (head == null || !HttpGate.current().asksForBody(head)) {
                return failed;
            }
            if (head.headers().containsKey("expect")) {
                // The body comes only once the server has seen the head.
                return sending(request, OutgoingBody.UNREADABLE);
            }
            held = new HeldWrites(request, requests, head, context, no -> refuse(request, no));
        }
        HeldWrites kept = held;
        // What was kept is sent as it was approved, or decided anew.
        return kept.isReleased() ? sending(request, null) : kept.write(piece, end);
    }

    /** A piece of the body is being written. */
    private void show(HttpClientRequestBase request, @Nullable ByteBuf piece) {
        if (piece == null || !piece.isReadable()) {
            return;
        }
        SentBody shown = body;
        if (shown == null && requests.recordsBody()) {
            shown = requests.writing(
                    name -> FieldValues.joined(request.headers().getAll(name)));
            body = shown;
        }
        if (shown != null) {
            SentContent.add(shown, piece);
        }
    }

    private @Nullable Future<Void> sending(HttpClientRequestBase request, @Nullable OutgoingBody body) {
        if (refused == null) {
            IOException no = refusal(request, body);
            if (no == null) {
                return null;
            }
            refuse(request, no);
        }
        return Future.failedFuture(refused);
    }

    private void refuse(HttpClientRequest request, IOException no) {
        refused = no;
        fail(request, no);
        request.reset(0, no);
    }

    private @Nullable IOException refusal(HttpClientRequestBase request, @Nullable OutgoingBody body) {
        try {
            OutgoingRequest sent = VertxRequest.of(request);
            HttpGate.current().refuseElsewhere(sent, request.getURI());
            if (request.version().name().equals("HTTP_3")) {
                HttpGate.current()
                        .refuse(
                                sent,
                                "http3",
                                "the connection is one of HTTP/3, whose encryption cannot be judged; ask by HTTP/2 or"
                                        + " HTTP/1.1");
            }
            requests.decide(body == null ? sent : sent.with(body), HttpGate.current()::follow);
            return null;
        } catch (RefusedException no) {
            return HttpRefusals.ofSockets(no.refusal());
        } catch (IllegalArgumentException unreadable) {
            return VertxRequest.unreadable();
        }
    }

    /** @return whether the answer is refused, and its caller knows */
    static boolean answered(Object request, Object stream, HttpClientResponse response) {
        HttpClientRequestBase asked = (HttpClientRequestBase) request;
        VertxCall call = of(request);
        IOException no = call.refused;
        if (no == null && !call.requests.isAdmitted()) {
            no = call.refusal(asked, null);
        }
        if (no == null) {
            no = call.mask(asked, (HttpClientStream) stream, response);
        }
        if (no != null) {
            fail(asked, no);
            Streams.refuse(asked, (HttpClientStream) stream, no);
        }
        return no != null;
    }

    private @Nullable IOException mask(
            HttpClientRequest request, HttpClientStream stream, HttpClientResponse response) {
        try {
            // Since 5.1 the length of a body is stated when the head is written, which is after it was looked at.
            requests.sent(OutgoingRequest.length(request.headers().get("content-length")));
            MaskedAnswer masked = requests.answered(
                    response.statusCode(),
                    name -> FieldValues.joined(response.headers().getAll(name)),
                    false);
            if (masked != null) {
                masked.untrue(response.headers().names())
                        .forEach(name -> response.headers().remove(name));
                AnswerHandlers.of(stream).mask(request, stream, masked);
            }
            return null;
        } catch (RefusedException no) {
            return HttpRefusals.ofSockets(no.refusal());
        }
    }

    private static void fail(HttpClientRequest request, IOException refusal) {
        if (request.response() instanceof Promise<?> answer) {
            answer.tryFail(refusal);
        }
    }
}
