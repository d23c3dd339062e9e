package io.sallyport.http.vertx;

import io.sallyport.core.mask.BodyMasker;
import io.sallyport.http.answer.MaskedAnswer;
import io.sallyport.weaving.StateField;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.impl.HttpClientStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The handlers of a stream's answer, as its client set them; they are asked for here because they cannot be read from it. One chunk
 * becomes at most one, so that pausing holds for masked ones. Used on the stream's context.
 */
final class AnswerHandlers {

    private @Nullable Handler<Buffer> chunks;
    private @Nullable Handler<MultiMap> end;

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

    /** From now on, what arrives on the stream passes the masker. */
    void mask(HttpClientStream stream, MaskedAnswer answer) {
        Masking masking = new Masking(stream, answer, chunks, end);
        stream.chunkHandler(masking::chunk);
        stream.endHandler(masking::end);
    }

    /** In front of the handlers. */
    private static final class Masking {

        private final HttpClientStream stream;
        private final MaskedAnswer answer;
        private final BodyMasker masker;
        private final @Nullable Handler<Buffer> chunks;
        private final @Nullable Handler<MultiMap> end;
        private boolean refused;

        Masking(
                HttpClientStream stream,
                MaskedAnswer answer,
                @Nullable Handler<Buffer> chunks,
                @Nullable Handler<MultiMap> end) {
            this.stream = stream;
            this.answer = answer;
            this.masker = answer.masker();
            this.chunks = chunks;
            this.end = end;
        }

        void chunk(Buffer chunk) {
            byte[] bytes = chunk.getBytes();
            ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
            try {
                masker.update(bytes, 0, bytes.length, out);
                pass(out);
            } catch (IOException e) {
                refuse(e);
            }
        }

        void end(MultiMap trailers) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try {
                masker.finish(out);
                pass(out);
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

        private void pass(ByteArrayOutputStream masked) {
            if (!refused && chunks != null && masked.size() > 0) {
                chunks.handle(Buffer.buffer(masked.toByteArray()));
            }
        }

        private void refuse(IOException refusal) {
            if (!refused) {
                refused = true;
                stream.reset(refusal);
            }
        }
    }
}
