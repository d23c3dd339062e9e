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
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.http.HttpCall;
import io.sallyport.http.answer.FieldValues;
import io.sallyport.http.answer.MaskedAnswer;
import io.sallyport.http.answer.MaskedPieces;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one answer after another, as a client gets them from its pipeline. Not thread-safe; used on a channel's event loop.
 *
 * <p>One message becomes one message, so that whatever the client does to its channel (reading on demand, pausing) holds for the
 * masked ones.
 */
public final class NettyAnswer {

    private final HttpCall requests;
    private @Nullable Masking masking;

    private record Masking(MaskedAnswer answer, MaskedPieces pieces) {}

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
            Masking current = masking;
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
        MaskedAnswer begun = requests.answered(
                status, name -> FieldValues.joined(response.headers().getAll(name)), false);
        masking = begun == null ? null : new Masking(begun, new MaskedPieces(begun.masker()));
        if (begun != null) {
            remove(begun, response.headers());
        }
    }

    private static void remove(MaskedAnswer answer, HttpHeaders fields) {
        answer.untrue(fields.names()).forEach(fields::remove);
    }

    private Object masked(HttpContent content, Masking current) throws IOException {
        for (ByteBuffer piece : content.content().nioBuffers()) {
            current.pieces.add(piece);
        }
        boolean last = content instanceof LastHttpContent;
        if (last) {
            masking = null;
            current.pieces.finish();
        }
        ByteBuf body = Unpooled.wrappedBuffer(current.pieces.taken());
        Object seen = content instanceof HttpResponse
                ? content.replace(body)
                : last ? last((LastHttpContent) content, body, current.answer) : new DefaultHttpContent(body);
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
