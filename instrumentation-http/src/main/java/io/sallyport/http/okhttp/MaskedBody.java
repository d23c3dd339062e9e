package io.sallyport.http.okhttp;

import io.sallyport.http.answer.MaskedAnswer;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;
import okio.Timeout;
import org.jspecify.annotations.Nullable;

/** A body that is masked while it is read. Closing it closes the server's. */
final class MaskedBody extends ResponseBody {

    private final ResponseBody body;
    private final MaskedAnswer answer;
    private final BufferedSource masked;
    private final long stated;

    private MaskedBody(ResponseBody body, MaskedAnswer answer) {
        this.body = body;
        this.answer = answer;
        this.stated = answer.changes() ? -1 : body.contentLength();
        this.masked = Okio.buffer(new ForwardingSource(Okio.source(answer.over(body.byteStream()))) {
            /** What an application sets there is for the connection. */
            @Override
            public Timeout timeout() {
                return body.source().timeout();
            }
        });
    }

    static Response in(Response response, MaskedAnswer answer) {
        ResponseBody body = response.body();
        if (body == null) {
            return response;
        }
        return response.newBuilder()
                .headers(truthful(answer, response.headers()))
                .body(new MaskedBody(body, answer))
                .build();
    }

    /** The fields behind a body, of which those are left out that are no longer true of a masked one. */
    static @Nullable Headers trailers(Response response, @Nullable Headers all) {
        return all != null && response.body() instanceof MaskedBody masked ? truthful(masked.answer, all) : all;
    }

    private static Headers truthful(MaskedAnswer answer, Headers all) {
        Headers.Builder truthful = all.newBuilder();
        answer.untrue(all.names()).forEach(truthful::removeAll);
        return truthful.build();
    }

    @Override
    public @Nullable MediaType contentType() {
        return body.contentType();
    }

    @Override
    public long contentLength() {
        return stated;
    }

    @Override
    public BufferedSource source() {
        return masked;
    }
}
