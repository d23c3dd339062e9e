package io.sallyport.http.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.channel.FileRegion;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.http.Framing;
import io.sallyport.http.HttpCall;
import io.sallyport.http.HttpRefusals;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Counts what is written of a body whose length its head states ({@link Framing}): Netty writes all that it is given. Leaves the pipeline with the
 * request. Not thread-safe; used on a channel's event loop.
 */
public final class CountedContent extends ChannelOutboundHandlerAdapter {

    private final HttpCall call;
    private @Nullable Framing framing;

    private CountedContent(HttpCall call) {
        this.call = call;
    }

    /** The request of {@code call}, which states a length, is about to be written to the pipeline. */
    public static void count(ChannelPipeline pipeline, HttpCall call) {
        CountedContent before = pipeline.get(CountedContent.class);
        if (before != null) {
            // Of a request that was given up half-way.
            pipeline.remove(before);
        }
        SentContent.addNextToCodec(pipeline, new CountedContent(call));
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof HttpRequest request) {
            framing = Framing.of(
                    request.headers().getAll(HttpHeaderNames.CONTENT_LENGTH),
                    request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING),
                    HttpUtil.isTransferEncodingChunked(request));
        }
        Framing current = framing;
        boolean last = message instanceof LastHttpContent;
        if (current != null && !(current.takes(length(message)) && (!last || current.ends()))) {
            try {
                call.refuseFraming();
            } catch (RefusedException no) {
                refuse(context, message, promise, HttpRefusals.ofSockets(no.refusal()));
                return;
            }
        }
        context.write(message, promise);
        if (last && !context.isRemoved()) {
            context.pipeline().remove(this);
        }
    }

    private static void refuse(
            ChannelHandlerContext context, Object message, ChannelPromise promise, IOException refusal) {
        ReferenceCountUtil.release(message);
        promise.tryFailure(refusal);
        context.pipeline().fireExceptionCaught(refusal);
        // What was written of it has no end.
        context.close();
    }

    private static long length(Object message) {
        if (message instanceof ByteBufHolder holder) {
            return holder.content().readableBytes();
        }
        if (message instanceof ByteBuf buffer) {
            return buffer.readableBytes();
        }
        return message instanceof FileRegion file ? file.count() : 0;
    }
}
