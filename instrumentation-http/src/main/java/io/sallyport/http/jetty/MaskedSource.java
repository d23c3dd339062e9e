package io.sallyport.http.jetty;

import io.sallyport.core.mask.BodyMasker;
import io.sallyport.http.answer.MaskedPieces;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/**
 * Masks a body chunk by chunk as it is read; demand passes through. A body that cannot be masked is reported, too: the exchange of one that was
 * received as a whole has ended by then, and no longer takes a failure.
 */
final class MaskedSource implements Content.Source {

    private final Content.Source source;
    private final MaskedPieces pieces;
    private final Consumer<Throwable> broken;
    private Content.@Nullable Chunk end;

    MaskedSource(Content.Source source, BodyMasker masker, Consumer<Throwable> broken) {
        this.source = source;
        this.pieces = new MaskedPieces(masker);
        this.broken = broken;
    }

    @Override
    public Content.@Nullable Chunk read() {
        if (end != null) {
            return end;
        }
        while (true) {
            Content.Chunk chunk = source.read();
            if (chunk == null || Content.Chunk.isFailure(chunk)) {
                return chunk;
            }
            Content.Chunk masked = masked(chunk);
            if (masked != null) {
                return masked;
            }
        }
    }

    /** @return {@code null} when the masker keeps everything back for now */
    private Content.@Nullable Chunk masked(Content.Chunk chunk) {
        boolean last = chunk.isLast();
        try {
            pieces.add(chunk.getByteBuffer());
            if (last) {
                pieces.finish();
                end = Content.Chunk.EOF;
            }
        } catch (IOException | RuntimeException e) {
            broken.accept(e);
            source.fail(e);
            end = Content.Chunk.from(e);
            return end;
        } finally {
            chunk.release();
        }
        ByteBuffer released = pieces.taken();
        return released.hasRemaining() || last ? Content.Chunk.from(released, last) : null;
    }

    @Override
    public void demand(Runnable callback) {
        source.demand(callback);
    }

    @Override
    public void fail(Throwable failure) {
        source.fail(failure);
    }
}
