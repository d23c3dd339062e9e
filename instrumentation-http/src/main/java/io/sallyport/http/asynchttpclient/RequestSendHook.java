package io.sallyport.http.asynchttpclient;

import org.asynchttpclient.AsyncHandler;
import org.asynchttpclient.netty.request.NettyRequest;
import org.jspecify.annotations.Nullable;

/** Handlers that get each request once more before it is written, and can change it. */
final class RequestSendHook {

    private static final ClassValue<Boolean> OVERRIDDEN = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> handler) {
            try {
                return handler.getMethod("onRequestSend", NettyRequest.class).getDeclaringClass() != AsyncHandler.class;
            } catch (NoSuchMethodException | LinkageError unknown) {
                return true;
            }
        }
    };

    private RequestSendHook() {}

    /** Whether this one has code for that. */
    static boolean isIn(@Nullable AsyncHandler<?> handler) {
        return handler != null && OVERRIDDEN.get(handler.getClass());
    }
}
