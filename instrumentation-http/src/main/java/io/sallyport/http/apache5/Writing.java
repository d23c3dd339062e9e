package io.sallyport.http.apache5;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * The call of the classic client whose request this thread is executing. HttpCore, whose connections ask for it, is also used without the
 * client: then there is none, and none of the client's types is touched.
 */
final class Writing {

    private static final ThreadLocal<@Nullable Object> CALL = new ThreadLocal<>();

    private Writing() {}

    static void begin(Object runtime, HttpRequest request) throws IOException {
        ClassicCall call = ClassicCall.of(runtime);
        call.sending(request);
        CALL.set(call);
    }

    static void end() {
        CALL.remove();
    }

    /** @return what the body of this thread's request is to be written to */
    static OutputStream shown(OutputStream stream) {
        return CALL.get() instanceof ClassicCall call ? call.shown(stream) : stream;
    }

    /** The body of this thread's request was written. */
    static void bodyWritten() throws IOException {
        if (CALL.get() instanceof ClassicCall call) {
            call.bodyWritten();
        }
    }

    /** The head of a request is about to be written to that connection. */
    static void head(Object connection, Object request) throws IOException {
        if (CALL.get() instanceof ClassicCall call) {
            call.writing(
                    (HttpRequest) request,
                    connection instanceof ManagedHttpClientConnection managed ? managed.getSocket() : null);
        }
    }
}
