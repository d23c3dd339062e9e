package io.sallyport.http.urlconnection;

import io.sallyport.core.command.RequestBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * What the application writes while a rule waits for it. As long as it fits, nothing is sent before the application asks for the
 * answer; what does not fit is decided as a body that nobody saw, and goes on its way as without us if that is admitted.
 */
final class CapturedOutput extends OutputStream {

    private final UrlCall call;
    private @Nullable ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private @Nullable OutputStream passing;
    private boolean closed;

    CapturedOutput(UrlCall call) {
        this.call = call;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        ByteArrayOutputStream held = bytes;
        if (held != null && closed) {
            // Nor does the connection take what comes then.
            return;
        }
        if (held != null && held.size() + length <= RequestBody.MOST) {
            held.write(source, offset, length);
            return;
        }
        if (held != null) {
            passing = call.outputUnseen();
            bytes = null;
            held.writeTo(passing);
        }
        OutputStream open = passing;
        if (open == null) {
            throw new IOException("the request has been sent");
        }
        open.write(source, offset, length);
    }

    @Override
    public void flush() throws IOException {
        if (passing != null) {
            passing.flush();
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        if (passing != null) {
            passing.close();
        }
    }

    /** The answer is wanted; {@code null} when the body is on its way already. */
    byte @Nullable [] taken() {
        ByteArrayOutputStream held = bytes;
        bytes = null;
        return held == null ? null : held.toByteArray();
    }
}
