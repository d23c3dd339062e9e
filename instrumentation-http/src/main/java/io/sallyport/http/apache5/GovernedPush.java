package io.sallyport.http.apache5;

import io.sallyport.core.verdict.RefusedException;
import io.sallyport.http.HttpCall;
import io.sallyport.http.HttpGate;
import io.sallyport.http.HttpRefusals;
import io.sallyport.http.answer.MaskedAnswer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncDataConsumer;
import org.apache.hc.core5.http.nio.AsyncPushConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http2.H2Error;
import org.apache.hc.core5.http2.H2StreamResetException;
import org.jspecify.annotations.Nullable;

/**
 * What a server pushes (RFC 9113 section 8.4) is decided as a request of its own, and masked as its answer. Nobody waits for it: a push that is refused,
 * or that people would have to approve, is turned down, and its consumer fails. Other streams of the connection go on.
 */
final class GovernedPush implements AsyncPushConsumer {

    private final AsyncPushConsumer consumer;
    private final HttpCall requests = new HttpCall();
    private volatile AsyncDataConsumer content;

    private GovernedPush(AsyncPushConsumer consumer) {
        this.consumer = consumer;
        this.content = consumer;
    }

    static AsyncPushConsumer of(HttpRequest promised, AsyncPushConsumer consumer) throws IOException {
        GovernedPush push = new GovernedPush(consumer);
        if (promised.getAuthority() == null) {
            throw new H2StreamResetException(H2Error.PROTOCOL_ERROR, "Refused by Sallyport: a push that names no host");
        }
        HttpHost host = new HttpHost(promised.getScheme(), promised.getAuthority());
        try {
            push.requests.decide(ApacheRequest.of(promised, host), HttpGate.current()::follow);
        } catch (RefusedException no) {
            throw turnedDown(no);
        }
        return push;
    }

    /** The type that concerns this stream alone. */
    private static H2StreamResetException turnedDown(RefusedException no) {
        return new H2StreamResetException(
                H2Error.REFUSED_STREAM, HttpRefusals.ofSockets(no.refusal()).getMessage());
    }

    @Override
    public void consumePromise(
            HttpRequest promised, HttpResponse response, @Nullable EntityDetails entity, HttpContext context)
            throws HttpException, IOException {
        MaskedAnswer masked;
        try {
            masked = ApacheAnswer.judge(requests, response);
        } catch (RefusedException no) {
            throw turnedDown(no);
        }
        if (masked == null || entity == null) {
            consumer.consumePromise(promised, response, entity, context);
        } else {
            content = new MaskingConsumer(consumer, masked, true);
            consumer.consumePromise(promised, response, new MaskedDetails(entity, masked), context);
        }
    }

    @Override
    public void updateCapacity(CapacityChannel channel) throws IOException {
        content.updateCapacity(channel);
    }

    @Override
    public void consume(ByteBuffer source) throws IOException {
        content.consume(source);
    }

    @Override
    public void streamEnd(@Nullable List<? extends Header> trailers) throws HttpException, IOException {
        content.streamEnd(trailers);
    }

    @Override
    public void failed(Exception cause) {
        requests.failed(cause);
        consumer.failed(cause);
    }

    @Override
    public void releaseResources() {
        consumer.releaseResources();
    }
}
