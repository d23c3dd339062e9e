package io.sallyport.http.apache5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.RequestChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** An exchange of the asynchronous client, whose request is seen once more when the client's interceptors are through with it. */
record DecidedExchange(AsyncClientExchangeHandler handler, AsyncCall call) implements AsyncClientExchangeHandler {

    @Override
    public void produceRequest(RequestChannel channel, HttpContext context) throws HttpException, IOException {
        handler.produceRequest(
                (request, entity, given) -> {
                    call.intercepted(request, entity, context);
                    channel.sendRequest(request, entity, given);
                },
                context);
    }

    @Override
    public void consumeResponse(HttpResponse response, @Nullable EntityDetails entity, HttpContext context)
            throws HttpException, IOException {
        handler.consumeResponse(response, entity, context);
    }

    @Override
    public void consumeInformation(HttpResponse response, HttpContext context) throws HttpException, IOException {
        handler.consumeInformation(response, context);
    }

    @Override
    public void consume(ByteBuffer source) throws IOException {
        handler.consume(source);
    }

    @Override
    public void streamEnd(@Nullable List<? extends Header> trailers) throws HttpException, IOException {
        handler.streamEnd(trailers);
    }

    @Override
    public void updateCapacity(CapacityChannel channel) throws IOException {
        handler.updateCapacity(channel);
    }

    @Override
    public int available() {
        return handler.available();
    }

    @Override
    public void produce(DataStreamChannel channel) throws IOException {
        handler.produce(channel);
    }

    @Override
    public void cancel() {
        handler.cancel();
    }

    @Override
    public void failed(Exception cause) {
        handler.failed(cause);
    }

    @Override
    public void releaseResources() {
        handler.releaseResources();
    }
}
