package io.sallyport.http.asynchttpclient;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.http.HttpCall;
import io.sallyport.http.answer.FieldValues;
import io.sallyport.http.answer.MaskedAnswer;
import io.sallyport.http.answer.MaskedPieces;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The frames of one answer after another, as the client gets them of a stream of HTTP/2 (RFC 9113). Not thread-safe; used on a channel's event
 * loop. Knows classes of Netty that a client without HTTP/2 need not have.
 *
 * <p>Frames that arrive stay the client's, which releases them; those that are made here are plain arrays, which nobody has to release.
 */
final class FrameAnswer {

    /** What the client does with a frame. */
    @FunctionalInterface
    interface Reader {
        void read(Http2DataFrame frame) throws Exception;
    }

    private final HttpCall requests;
    private @Nullable MaskedAnswer answer;
    private @Nullable MaskedPieces pieces;

    FrameAnswer(HttpCall requests) {
        this.requests = requests;
    }

    /**
     * @param reader gets what is left of a body before the fields that end its stream
     * @return what the client shall see: the same object where nothing is masked
     */
    Object seen(Object frame, Reader reader) throws Exception {
        if (frame instanceof Http2HeadersFrame fields) {
            if (fields.headers().status() != null) {
                head(fields.headers());
            } else {
                removeUntrue(fields.headers());
            }
            if (fields.isEndStream()) {
                byte[] rest = rest();
                if (rest.length > 0) {
                    reader.read(new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(rest)));
                }
            }
        } else if (frame instanceof Http2DataFrame data && pieces != null) {
            return masked(data, pieces);
        }
        return frame;
    }

    private void head(Http2Headers fields) throws RefusedException {
        int status;
        try {
            status = Integer.parseInt(String.valueOf(fields.status()));
        } catch (NumberFormatException none) {
            // The client's own complaint.
            return;
        }
        if (status < 200) {
            return;
        }
        answer = requests.answered(status, name -> FieldValues.joined(values(fields, name)), false);
        pieces = answer == null ? null : new MaskedPieces(answer.masker());
        removeUntrue(fields);
    }

    private static List<String> values(Http2Headers fields, String name) {
        return fields.getAll(name).stream().map(CharSequence::toString).toList();
    }

    private void removeUntrue(Http2Headers fields) {
        MaskedAnswer current = answer;
        if (current != null) {
            current.untrue(fields.names().stream().map(CharSequence::toString).toList())
                    .forEach(fields::remove);
        }
    }

    private Object masked(Http2DataFrame data, MaskedPieces current) throws IOException {
        for (ByteBuffer piece : data.content().nioBuffers()) {
            current.add(piece);
        }
        if (data.isEndStream()) {
            pieces = null;
            current.finish();
        }
        return new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(current.taken()), data.isEndStream());
    }

    private byte[] rest() throws IOException {
        MaskedPieces current = pieces;
        if (current == null) {
            return new byte[0];
        }
        pieces = null;
        current.finish();
        ByteBuffer taken = current.taken();
        byte[] rest = new byte[taken.remaining()];
        taken.get(rest);
        return rest;
    }
}
