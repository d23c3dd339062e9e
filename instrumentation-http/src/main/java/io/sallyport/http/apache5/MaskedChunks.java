package io.sallyport.http.apache5;

import io.sallyport.http.answer.MaskedAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.impl.io.ChunkedInputStream;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;

/**
 * A masked body that arrived in chunks. The client looks for the fields behind a body in the stream that it reads, if that is one of chunks
 * ({@code ResponseEntityProxy.getTrailers}).
 */
final class MaskedChunks extends ChunkedInputStream {

    /** Not read from, but asked for. */
    private static final int BUFFER = 16;

    private final InputStream masked;
    private final ChunkedInputStream chunks;
    private final MaskedAnswer answer;

    /** @param masked reads from {@code chunks} */
    MaskedChunks(InputStream masked, ChunkedInputStream chunks, MaskedAnswer answer) {
        super(new SessionInputBufferImpl(BUFFER), masked);
        this.masked = masked;
        this.chunks = chunks;
        this.answer = answer;
    }

    @Override
    public int read() throws IOException {
        return masked.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return masked.read(bytes, offset, length);
    }

    @Override
    public int read(byte[] bytes) throws IOException {
        return masked.read(bytes);
    }

    @Override
    public int available() throws IOException {
        return masked.available();
    }

    @Override
    public void close() throws IOException {
        masked.close();
    }

    /** Without those that would no longer be true. */
    @Override
    public Header[] getFooters() {
        return Arrays.stream(chunks.getFooters())
                .filter(field -> !answer.untrue(field.getName()))
                .toArray(Header[]::new);
    }
}
