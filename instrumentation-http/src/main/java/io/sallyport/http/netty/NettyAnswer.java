package io.sallyport.http.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.sallyport.core.mask.BodyMasker;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.http.HttpCall;
import io.sallyport.http.answer.MaskedAnswer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one answer after another, as a client gets them from its pipeline. Not thread-safe; used on a channel's event loop.
 *
 * <p>One message becomes one message, so that whatever the client does to its channel (reading on demand, pausing) holds for the
 * masked ones.
 */
public final class NettyAnswer {

    private final HttpCall requests;
    private @Nullable MaskedAnswer answer;

    public NettyAnswer(HttpCall requests) {
        this.requests = requests;
    }

    /**
     * @param message what arrived; consumed where another one is returned
     * @return what the client shall see: the same object where nothing is masked
     */
    public Object seen(Object message) throws RefusedException, IOException {
        try {
            if (message instanceof HttpResponse response) {
                head(response);
            }
            MaskedAnswer current = answer;
            return current != null && message instanceof HttpContent content ? masked(content, current) : message;
        } catch (RefusedException | IOException | RuntimeException | Error e) {
            ReferenceCountUtil.release(message);
            throw e;
        }
    }

    private void head(HttpResponse response) throws RefusedException {
        int status = response.status().code();
        if (status < 200 && status != 101) {
            return;
        }
        MaskedAnswer begun = requests.answered(status, response.headers()::get, false);
        answer = begun;
        if (begun != null) {
            remove(begun, response.headers());
        }
    }

    private static void remove(MaskedAnswer answer, HttpHeaders fields) {
        answer.untrue(fields.names()).forEach(fields::remove);
    }

    private Object masked(HttpContent content, MaskedAnswer current) throws IOException {
        BodyMasker masker = current.masker();
        ByteArrayOutputStream out = new ByteArrayOutputStream(content.content().readableBytes());
        byte[] bytes = new byte[content.content().readableBytes()];
        content.content().readBytes(bytes);
        masker.update(bytes, 0, bytes.length, out);
        boolean last = content instanceof LastHttpContent;
        if (last) {
            answer = null;
            masker.finish(out);
        }
        ByteBuf body = Unpooled.wrappedBuffer(out.toByteArray());
        Object seen = content instanceof HttpResponse
                ? content.replace(body)
                : last ? last((LastHttpContent) content, body, current) : new DefaultHttpContent(body);
        ReferenceCountUtil.release(content);
        return seen;
    }

    private static LastHttpContent last(LastHttpContent content, ByteBuf body, MaskedAnswer answer) {
        LastHttpContent last = new DefaultLastHttpContent(body);
        last.trailingHeaders().set(content.trailingHeaders());
        remove(answer, last.trailingHeaders());
        last.setDecoderResult(content.decoderResult());
        return last;
    }
}
