package io.sallyport.http.netty;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.CombinedChannelDuplexHandler;
import java.util.List;
import java.util.Map;

/** Handlers of the application's in the pipeline of a client's connection: they have what is sent after it was decided. */
public final class ForeignHandlers {

    private static final List<String> CLIENTS =
            List.of("io.netty.", "reactor.netty.", "org.asynchttpclient.", "io.vertx.", "io.sallyport.http.netty.");

    private static final ClassValue<Boolean> FOREIGN = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> handler) {
            // That one is made of two others, which may be anybody's.
            return handler == CombinedChannelDuplexHandler.class
                    || CLIENTS.stream().noneMatch(handler.getName()::startsWith);
        }
    };

    private ForeignHandlers() {}

    /** Whether there is one. */
    public static boolean in(ChannelPipeline pipeline) {
        for (Map.Entry<String, ChannelHandler> entry : pipeline) {
            if (FOREIGN.get(entry.getValue().getClass())) {
                return true;
            }
        }
        return false;
    }
}
