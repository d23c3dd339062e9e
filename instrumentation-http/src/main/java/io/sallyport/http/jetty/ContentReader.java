package io.sallyport.http.jetty;

import io.sallyport.core.command.RequestBody;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.io.Content;

/** Reads a body before it is sent, up to what rules look at. Nobody waits: content that is not there yet calls back when it is. */
final class ContentReader implements Runnable {

    private final Request.Content content;
    private final CompletableFuture<Request.Content> reading = new CompletableFuture<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private ContentReader(Request.Content content) {
        this.content = content;
    }

    /** @return what to send in place of {@code content} */
    static CompletableFuture<Request.Content> read(Request.Content content) {
        ContentReader reader = new ContentReader(content);
        reader.run();
        return reader.reading;
    }

    @Override
    public void run() {
        try {
            while (!reading.isDone()) {
                Content.Chunk chunk = content.read();
                if (chunk == null) {
                    content.demand(this);
                    return;
                }
                take(chunk);
            }
        } catch (RuntimeException e) {
            reading.completeExceptionally(e);
        }
    }

    private void take(Content.Chunk chunk) {
        if (Content.Chunk.isFailure(chunk)) {
            reading.completeExceptionally(chunk.getFailure());
            return;
        }
        byte[] some = new byte[chunk.getByteBuffer().remaining()];
        chunk.getByteBuffer().get(some);
        bytes.writeBytes(some);
        boolean last = chunk.isLast();
        chunk.release();
        if (last) {
            reading.complete(new ReadContent(content.getContentType(), bytes.toByteArray()));
        } else if (bytes.size() > RequestBody.MOST) {
            reading.complete(new PrefixedContent(content, bytes.toByteArray()));
        }
    }
}
