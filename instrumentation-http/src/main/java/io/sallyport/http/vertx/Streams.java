package io.sallyport.http.vertx;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.impl.HttpClientStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** What streams are asked for by other names since Vert.x 5.1. */
final class Streams {

    /** {@code null} before. */
    private static final @Nullable Method DATA = since51("dataHandler");

    private static final @Nullable Method TRAILERS = since51("trailersHandler");

    /** It returns another type since 5.1. */
    private static final Method FAILURES = failures();

    private Streams() {}

    private static Method failures() {
        try {
            return HttpClientStream.class.getMethod("exceptionHandler", Handler.class);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable Method since51(String name) {
        try {
            return HttpClientStream.class.getMethod(name, Handler.class);
        } catch (NoSuchMethodException before) {
            return null;
        }
    }

    /** From now on, the answer is for these. */
    static void answerTo(HttpClientStream stream, Handler<Buffer> chunks, Handler<MultiMap> end) {
        if (DATA == null || TRAILERS == null) {
            stream.chunkHandler(chunks);
            stream.endHandler(end);
        } else {
            call(DATA, stream, chunks);
            call(TRAILERS, stream, end);
        }
    }

    /** From now on, the failure of the exchange is for this one. */
    static void failTo(HttpClientStream stream, Handler<Throwable> failures) {
        call(FAILURES, stream, failures);
    }

    /** The rest of the answer is given up, and its caller gets {@code why}. */
    static void refuse(HttpClientRequest request, HttpClientStream stream, IOException why) {
        if (DATA == null) {
            stream.reset(why);
        } else {
            request.reset(0, why);
        }
    }

    private static void call(Method method, HttpClientStream stream, Handler<?> handler) {
        try {
            method.invoke(stream, handler);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }
}
