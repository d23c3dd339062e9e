package io.sallyport.http.apache5;

import io.sallyport.core.verdict.Passage;
import io.sallyport.core.verdict.Refusal;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.http.HttpCall;
import io.sallyport.http.HttpGate;
import io.sallyport.http.HttpRefusals;
import io.sallyport.http.OutgoingBody;
import io.sallyport.http.OutgoingRequest;
import io.sallyport.http.SentBody;
import io.sallyport.http.answer.MaskedAnswer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.nio.AsyncDataConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.RequestChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * One exchange of a minimal asynchronous client, which has no chain of handlers: its request is decided when the caller's handler gives it
 * out, before a connection is asked for, and its answer is masked before that handler sees it.
 */
final class MinimalExchange implements AsyncClientExchangeHandler {

    private final AsyncClientExchangeHandler caller;
    private final @Nullable CloseableHttpAsyncClient client;
    private final @Nullable HttpHost leased;
    private final HttpCall requests = new HttpCall();
    private volatile @Nullable CompletableFuture<Passage> held;
    private volatile @Nullable SentBody body;
    private AsyncDataConsumer content;

    /**
     * @param client {@code null} where its connection is leased: it ends with that
     * @param leased where the connection leads to, if it is there before the request
     */
    MinimalExchange(
            AsyncClientExchangeHandler caller, @Nullable CloseableHttpAsyncClient client, @Nullable HttpHost leased) {
        this.caller = caller;
        this.client = client;
        this.content = caller;
        this.leased = leased;
    }

    @Override
    public void produceRequest(RequestChannel channel, HttpContext context) throws HttpException, IOException {
        caller.produceRequest((request, entity, given) -> decide(request, entity, given, channel), context);
    }

    private void decide(
            HttpRequest request, @Nullable EntityDetails entity, HttpContext context, RequestChannel channel)
            throws HttpException, IOException {
        // As the client itself finds out where to connect to.
        HttpHost named = RoutingSupport.determineHost(request);
        HttpHost host = leased == null ? named : leased;
        if (host == null) {
            throw new ProtocolException("Target host is not specified");
        }
        OutgoingRequest next = ApacheRequest.of(request, host)
                .with(entity == null ? null : OutgoingBody.unreadable(entity.getContentLength()));
        try {
            HttpGate.current().refuseElsewhere(next, request.getPath() == null ? "/" : request.getPath());
            if (named != null && !named.getHostName().equalsIgnoreCase(host.getHostName())) {
                // The server may answer for the host that the request names.
                HttpGate.current().alsoAt(next, named.getHostName(), host.getPort());
            }
        } catch (RefusedException no) {
            throw HttpRefusals.ofSockets(no.refusal());
        }
        CompletableFuture<Passage> admission = requests.ask(next);
        if (admission == null) {
            send(request, entity, context, channel);
            return;
        }
        held = admission;
        HeldBy.client(client, admission);
        admission.whenComplete((passage, failure) -> {
            if (failure != null) {
                caller.failed(exception(failure));
                return;
            }
            requests.admitted(next, passage);
            try {
                send(request, entity, context, channel);
            } catch (HttpException | IOException | RuntimeException e) {
                caller.failed(e);
            }
        });
    }

    private void send(HttpRequest request, @Nullable EntityDetails entity, HttpContext context, RequestChannel channel)
            throws HttpException, IOException {
        if (entity != null) {
            // The connection makes the fields of what the entity says.
            body = requests.writing(
                    name -> name.equals("content-type") ? entity.getContentType() : entity.getContentEncoding());
        }
        channel.sendRequest(request, entity, context);
    }

    private Exception exception(Throwable failure) {
        Throwable cause = HttpRefusals.cause(failure);
        Refusal refusal = HttpRefusals.refusal(cause);
        return refusal == null ? HeldBy.withdrawn(client) : HttpRefusals.ofSockets(refusal);
    }

    @Override
    public void consumeResponse(HttpResponse response, @Nullable EntityDetails entity, HttpContext context)
            throws HttpException, IOException {
        try {
            MaskedAnswer masked = ApacheAnswer.judge(requests, response);
            if (masked == null || entity == null) {
                caller.consumeResponse(response, entity, context);
            } else {
                content = new MaskingConsumer(caller, masked, StreamFailure.hasStream(response));
                caller.consumeResponse(response, new MaskedDetails(entity, masked), context);
            }
        } catch (RefusedException no) {
            throw StreamFailure.of(HttpRefusals.ofSockets(no.refusal()), StreamFailure.hasStream(response));
        }
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
    public void consumeInformation(HttpResponse response, HttpContext context) throws HttpException, IOException {
        caller.consumeInformation(response, context);
    }

    @Override
    public void cancel() {
        withdraw();
        caller.cancel();
    }

    @Override
    public void failed(Exception cause) {
        withdraw();
        requests.failed(cause);
        caller.failed(cause);
    }

    private void withdraw() {
        CompletableFuture<Passage> waiting = held;
        if (waiting != null) {
            waiting.cancel(true);
        }
    }

    @Override
    public void updateCapacity(CapacityChannel channel) throws IOException {
        caller.updateCapacity(channel);
    }

    @Override
    public int available() {
        return caller.available();
    }

    @Override
    public void produce(DataStreamChannel channel) throws IOException {
        SentBody shown = body;
        caller.produce(shown == null ? channel : new ShownChannel(channel, shown));
    }

    @Override
    public void releaseResources() {
        caller.releaseResources();
    }
}
