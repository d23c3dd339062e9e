package io.sallyport.http.okhttp;

import io.sallyport.http.answer.MaskedAnswer;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/** A body that is masked while it is read. Closing it closes the server's. */
final class MaskedBody extends ResponseBody {

    private final ResponseBody body;
    private final BufferedSource masked;
    private final long stated;

    private MaskedBody(ResponseBody body, MaskedAnswer answer) {
        this.body = body;
        this.stated = answer.changes() ? -1 : body.contentLength();
        this.masked = Okio.buffer(Okio.source(answer.masker().over(body.byteStream())));
    }

    static Response in(Response response, MaskedAnswer answer) {
        ResponseBody body = response.body();
        if (body == null) {
            return response;
        }
        Headers.Builder truthful = response.headers().newBuilder();
        answer.untrue(response.headers().names()).forEach(truthful::removeAll);
        return response.newBuilder()
                .headers(truthful.build())
                .body(new MaskedBody(body, answer))
                .build();
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
