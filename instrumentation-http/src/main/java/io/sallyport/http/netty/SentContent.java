package io.sallyport.http.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.channel.FileRegion;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.sallyport.http.HttpCall;
import io.sallyport.http.SentBody;
import io.sallyport.http.answer.FieldValues;
import java.io.IOException;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Sees a request on its way to the connection, past the application's handlers: that it is the one that was decided, where its client has told what that says ({@link
 * HttpCall#says}), and the body, where a record is made of it. Leaves the pipeline with its end. Not thread-safe; used on
 * a channel's event loop.
 */
public final class SentContent extends ChannelOutboundHandlerAdapter {

    private final HttpCall call;
    private @Nullable SentBody body;

    private SentContent(HttpCall call) {
        this.call = call;
    }

    /** The request of {@code call} is about to be written to the pipeline. */
    public static void show(ChannelPipeline pipeline, HttpCall call) {
        SentContent before = pipeline.get(SentContent.class);
        if (before != null && before.call == call) {
            return;
        }
        if (before != null) {
            // Of a request that was given up half-way.
            pipeline.remove(before);
        }
        if (!call.recordsBody() && !call.isTold()) {
            return;
        }
        addNextToCodec(pipeline, new SentContent(call));
    }

    /**
     * In front of what turns files into pieces, if that is there, and as close to the connection as pieces of HTTP come.
     */
    static void addNextToCodec(ChannelPipeline pipeline, ChannelHandler handler) {
        for (Map.Entry<String, ChannelHandler> entry : pipeline) {
            if (isCodec(entry.getValue().getClass())) {
                pipeline.addAfter(entry.getKey(), null, handler);
                return;
            }
        }
    }

    /** The same for the pipeline of a stream, to which frames of HTTP/2 are written. */
    public static void showFrames(ChannelPipeline pipeline, HttpCall call, UnaryOperator<@Nullable String> header) {
        SentContent handler = new SentContent(call);
        handler.body = call.writing(header);
        pipeline.addFirst(handler);
    }

    private static boolean isFrame(Object message) {
        return message.getClass().getSimpleName().startsWith("DefaultHttp2");
    }

    private static boolean isCodec(Class<?> handler) {
        String name = handler.getSimpleName();
        return name.equals("HttpClientCodec") || name.equals("Http2StreamFrameToHttpObjectCodec");
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof HttpRequest request) {
            if (!call.stillSays(request.method().name(), request.uri())) {
                ReferenceCountUtil.release(message);
                IOException changed = changed();
                promise.setFailure(changed);
                // Not every client looks at the promise.
                context.pipeline().fireExceptionCaught(changed);
                // Nor is a body to be written that belongs to it.
                context.close();
                return;
            }
            HttpHeaders fields = request.headers();
            body = !call.recordsBody() || request.method().equals(HttpMethod.CONNECT)
                    ? null
                    : call.writing(name -> FieldValues.joined(fields.getAll(name)));
        }
        SentBody shown = body;
        if (shown != null) {
            show(shown, message);
        }
        boolean last = message instanceof LastHttpContent;
        context.write(message, promise);
        if (last && !context.isRemoved()) {
            context.pipeline().remove(this);
        }
    }

    /** The failure of a request that says something else than the one that was decided. */
    public static IOException changed() {
        return new IOException(
                "Refused by Sallyport: code of the application's changed the method or the path of a request after it was decided");
    }

    /** A piece of the body, which stays as it is. */
    public static void add(SentBody body, ByteBuf piece) {
        byte[] some = new byte[Math.min(piece.readableBytes(), body.wanted())];
        piece.getBytes(piece.readerIndex(), some);
        body.add(some, 0, some.length);
        body.more(piece.readableBytes() - some.length);
    }

    private static void show(SentBody body, Object message) {
        ByteBuf content = message instanceof ByteBufHolder holder
                ? holder.content()
                : message instanceof ByteBuf buffer ? buffer : null;
        if (content != null) {
            add(body, content);
        } else if (!(message instanceof HttpObject) && !isFrame(message)) {
            body.unseen(message instanceof FileRegion file ? file.count() : -1);
        }
    }
}
