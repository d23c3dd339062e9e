package io.sallyport.http.okhttp;

import io.sallyport.http.OutgoingBody;
import java.io.IOException;
import java.io.OutputStream;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.BufferedSink;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/** The body of a request. */
final class WrittenBody extends OutgoingBody {

    private final RequestBody body;

    private WrittenBody(RequestBody body) {
        this.body = body;
    }

    static @Nullable WrittenBody of(Request request) {
        RequestBody body = request.body();
        return body == null ? null : new WrittenBody(body);
    }

    @Override
    protected void produce(OutputStream to) throws IOException {
        demandReadable(body.contentLength(), false);
        BufferedSink sink = Okio.buffer(Okio.sink(to));
        body.writeTo(sink);
        sink.flush();
    }

    /** The request with the body that was read, where one was. */
    Request sent(Request request) {
        byte[] bytes = captured();
        return bytes == null
                ? request
                : request.newBuilder()
                        .method(request.method(), RequestBody.create(body.contentType(), bytes))
                        .build();
    }
}
