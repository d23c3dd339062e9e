package io.sallyport.http.okhttp;

import io.sallyport.http.HttpCall;
import io.sallyport.http.SentBody;
import io.sallyport.http.answer.FieldValues;
import java.io.IOException;
import java.io.OutputStream;
import okhttp3.Request;
import okio.Buffer;
import okio.Sink;
import okio.Timeout;
import org.jspecify.annotations.Nullable;

/** What the client writes a request's body to, where a record of it is made. As safe with threads as the sink that it is over. */
final class ShownSink implements Sink {

    /** The request that this thread is about to write, and its call; a codec knows neither call nor chain. */
    private record Written(Request request, HttpCall call) {}

    private static final ThreadLocal<@Nullable Written> WRITTEN = new ThreadLocal<>();

    private final Sink sink;
    private final SentBody body;

    private ShownSink(Sink sink, SentBody body) {
        this.sink = sink;
        this.body = body;
    }

    /** From now on until {@link #end}, the thread writes that request. */
    static void begin(Request request, HttpCall call) {
        if (request.body() != null && call.recordsBody()) {
            WRITTEN.set(new Written(request, call));
        }
    }

    static void end(Request request) {
        if (request.body() != null) {
            WRITTEN.remove();
        }
    }

    static Sink over(Sink sink, Request request) {
        Written written = WRITTEN.get();
        if (written == null || written.request() != request) {
            return sink;
        }
        SentBody body = written.call().writing(name -> FieldValues.joined(request.headers(name)));
        return body == null ? sink : new ShownSink(sink, body);
    }

    @Override
    public void write(Buffer source, long count) throws IOException {
        long shown = Math.min(count, body.wanted());
        source.copyTo(new Seen(), 0, shown);
        body.more(count - shown);
        sink.write(source, count);
    }

    @Override
    public void flush() throws IOException {
        sink.flush();
    }

    @Override
    public Timeout timeout() {
        return sink.timeout();
    }

    @Override
    public void close() throws IOException {
        sink.close();
    }

    private final class Seen extends OutputStream {
        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            body.add(bytes, offset, length);
        }
    }
}
