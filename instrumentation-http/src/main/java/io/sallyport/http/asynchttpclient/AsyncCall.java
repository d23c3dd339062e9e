package io.sallyport.http.asynchttpclient;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.sallyport.core.verdict.Passage;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.http.HttpCall;
import io.sallyport.http.HttpRefusals;
import io.sallyport.http.answer.FieldValues;
import io.sallyport.http.netty.CountedContent;
import io.sallyport.http.netty.ForeignHandlers;
import io.sallyport.http.netty.NettyAnswer;
import io.sallyport.http.netty.SentContent;
import io.sallyport.weaving.StateField;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.asynchttpclient.netty.NettyResponseFuture;
import org.asynchttpclient.netty.channel.Channels;
import org.asynchttpclient.netty.handler.AsyncHttpClientHandler;
import org.jspecify.annotations.Nullable;

/** What is known about one call: the state of its future. */
final class AsyncCall {

    final HttpCall requests = new HttpCall();
    private final NettyAnswer answer = new NettyAnswer(requests);
    private @Nullable FrameAnswer frames;
    private volatile @Nullable CompletableFuture<Passage> held;

    static @Nullable AsyncCall of(Object future) {
        return StateField.get(future, AsyncCall.class);
    }

    /** Whether people are being asked, about this or an earlier request of the call. */
    boolean isHeld() {
        CompletableFuture<Passage> waiting = held;
        return waiting != null && !waiting.isDone();
    }

    void hold(CompletableFuture<Passage> admission) {
        held = admission;
    }

    static void ended(Object future, @Nullable Throwable failure) {
        AsyncCall call = of(future);
        if (call == null) {
            return;
        }
        CompletableFuture<Passage> waiting = call.held;
        if (waiting != null) {
            waiting.cancel(true);
        }
        call.requests.failed(failure);
    }

    static void writing(Object future, Channel channel) {
        AsyncCall call = of(future);
        if (call == null) {
            return;
        }
        NettyResponseFuture<?> sent = (NettyResponseFuture<?>) future;
        // From here on it is its handler's (AsyncHandler.onRequestSend) and the channel's.
        HttpRequest head = sent.getNettyRequest().getHttpRequest();
        if (RequestSendHook.isIn(sent.getAsyncHandler()) || ForeignHandlers.in(channel.pipeline())) {
            call.requests.says(head.method().name(), head.uri());
        }
        SentContent.show(channel.pipeline(), call.requests);
        if (head.headers().contains(HttpHeaderNames.CONTENT_LENGTH)) {
            CountedContent.count(channel.pipeline(), call.requests);
        }
        // On a channel that is closed already nothing is written.
        if (channel.isActive() && !isTunnel(sent)) {
            call.requests.sending();
        }
    }

    /**
     * By a stream of HTTP/2.
     *
     * @return whether it is not to be written
     */
    static boolean writingFrames(Object future, Channel stream) {
        AsyncCall call = of(future);
        if (call == null) {
            return false;
        }
        HttpRequest head = ((NettyResponseFuture<?>) future).getNettyRequest().getHttpRequest();
        if (!call.requests.stillSays(head.method().name(), head.uri())) {
            end((NettyResponseFuture<?>) future, SentContent.changed());
            stream.close();
            return true;
        }
        call.requests.sending();
        if (call.requests.recordsBody()) {
            HttpHeaders fields = head.headers();
            SentContent.showFrames(stream.pipeline(), call.requests, name -> FieldValues.joined(fields.getAll(name)));
        }
        return false;
    }

    static Object arrived(Channel channel, Object message) throws IOException {
        if (!(Channels.getAttribute(channel) instanceof NettyResponseFuture<?> future)) {
            // What is left of an answer that the client does not hand out.
            return message;
        }
        AsyncCall call = of(future);
        if (call == null || isTunnel(future)) {
            return message;
        }
        try {
            return call.answer.seen(message);
        } catch (RefusedException no) {
            throw end(future, HttpRefusals.ofSockets(no.refusal()));
        } catch (IOException unmaskable) {
            throw end(future, unmaskable);
        }
    }

    /** By a stream of HTTP/2, to {@code handler}, which reads frames. */
    static Object arrivedByStream(Object handler, Object channel, Object future, Object frame) throws Exception {
        NettyResponseFuture<?> answered = (NettyResponseFuture<?>) future;
        AsyncCall call = of(answered);
        if (call == null || answered.isDone()) {
            return frame;
        }
        FrameAnswer frames = call.frames;
        if (frames == null) {
            frames = new FrameAnswer(call.requests);
            call.frames = frames;
        }
        try {
            return frames.seen(
                    frame, rest -> ((AsyncHttpClientHandler) handler).handleRead((Channel) channel, answered, rest));
        } catch (RefusedException no) {
            throw end(answered, HttpRefusals.ofSockets(no.refusal()));
        } catch (IOException unmaskable) {
            throw end(answered, unmaskable);
        }
    }

    /** Before the client's own filters see the failure, which may send the request again. */
    private static IOException end(NettyResponseFuture<?> future, IOException failure) {
        future.abort(failure);
        return failure;
    }

    /** What arrives is a proxy's answer to CONNECT, which callers get nothing of. */
    private static boolean isTunnel(NettyResponseFuture<?> future) {
        return future.getNettyRequest() != null
                && future.getNettyRequest().getHttpRequest().method().equals(HttpMethod.CONNECT);
    }
}
