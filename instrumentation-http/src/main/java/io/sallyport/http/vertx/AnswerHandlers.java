package io.sallyport.http.vertx;

import io.sallyport.http.answer.MaskedAnswer;
import io.sallyport.http.answer.MaskedPieces;
import io.sallyport.weaving.StateField;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.impl.HttpClientStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The handlers of a stream's answer, as its client set them; they are asked for here because they cannot be read from it. One chunk
 * becomes at most one, so that pausing holds for masked ones. Used on the stream's context.
 */
final class AnswerHandlers {

    private @Nullable Handler<Buffer> chunks;
    private @Nullable Handler<MultiMap> end;
    private @Nullable Handler<Throwable> failures;

    static AnswerHandlers of(Object stream) {
        AnswerHandlers handlers = StateField.get(stream, AnswerHandlers.class);
        if (handlers == null) {
            handlers = new AnswerHandlers();
            StateField.set(stream, handlers);
        }
        return handlers;
    }

    @SuppressWarnings("unchecked")
    void chunks(@Nullable Object handler) {
        chunks = (Handler<Buffer>) handler;
    }

    @SuppressWarnings("unchecked")
    void end(@Nullable Object handler) {
        end = (Handler<MultiMap>) handler;
    }

    @SuppressWarnings("unchecked")
    void failures(@Nullable Object handler) {
        failures = (Handler<Throwable>) handler;
    }

    /** From now on, what arrives on the stream passes the masker. */
    void mask(HttpClientRequest request, HttpClientStream stream, MaskedAnswer answer) {
        Masking masking = new Masking(request, stream, answer, chunks, end, failures);
        Streams.answerTo(stream, masking::chunk, masking::end);
        if (failures != null) {
            Streams.failTo(stream, masking::failed);
        }
    }

    /** In front of the handlers. */
    private static final class Masking {

        private final HttpClientRequest request;
        private final HttpClientStream stream;
        private final MaskedAnswer answer;
        private final MaskedPieces pieces;
        private final @Nullable Handler<Buffer> chunks;
        private final @Nullable Handler<MultiMap> end;
        private final @Nullable Handler<Throwable> failures;
        private boolean refused;

        Masking(
                HttpClientRequest request,
                HttpClientStream stream,
                MaskedAnswer answer,
                @Nullable Handler<Buffer> chunks,
                @Nullable Handler<MultiMap> end,
                @Nullable Handler<Throwable> failures) {
            this.request = request;
            this.stream = stream;
            this.answer = answer;
            this.pieces = new MaskedPieces(answer.masker());
            this.chunks = chunks;
            this.end = end;
            this.failures = failures;
        }

        void chunk(Buffer chunk) {
            try {
                pieces.add(ByteBuffer.wrap(chunk.getBytes()));
                pass();
            } catch (IOException e) {
                refuse(e);
            }
        }

        void end(MultiMap trailers) {
            try {
                pieces.finish();
                pass();
            } catch (IOException e) {
                refuse(e);
            }
            if (!refused && end != null) {
                if (!trailers.isEmpty()) {
                    answer.untrue(trailers.names()).forEach(trailers::remove);
                }
                end.handle(trailers);
            }
        }

        private void pass() {
            ByteBuffer masked = pieces.taken();
            if (!refused && chunks != null && masked.hasRemaining()) {
                chunks.handle(Buffer.buffer(masked.remaining()).appendBytes(masked.array(), 0, masked.remaining()));
            }
        }

        /** What fails because of a refusal is told as the refusal, once. */
        void failed(Throwable failure) {
            if (!refused && failures != null) {
                failures.handle(failure);
            }
        }

        /** A stream of HTTP/2 that is reset tells its caller nothing: all of the answer may have arrived. */
        private void refuse(IOException refusal) {
            if (!refused) {
                refused = true;
                Streams.refuse(request, stream, refusal);
                if (failures != null) {
                    failures.handle(refusal);
                }
            }
        }
    }
}
