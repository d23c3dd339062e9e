package io.sallyport.controlplane.relay;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.atomic.LongAdder;

/**
 * Carries what one side sends to the other side. A pair has two, one for each direction, both on one event loop.
 *
 * <p>Back-pressure: once the other side's outgoing buffer is above its high-water mark this side is not read; the other side's pipe
 * starts it again when the buffer has drained. End of a direction: a close_notify (RFC 8446, section 6.1) or a TCP FIN ends the same
 * direction at the other side after what was carried before it, and leaves the opposite one open.
 */
final class Pipe extends ChannelInboundHandlerAdapter {

    private final Channel other;
    private final LongAdder carried;
    private boolean ended;

    Pipe(Channel other, LongAdder carried) {
        this.other = other;
        this.carried = carried;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        carried.add(((ByteBuf) message).readableBytes());
        other.write(message, other.voidPromise());
        if (!other.isWritable()) {
            other.flush();
            context.channel().config().setAutoRead(other.isWritable());
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        other.flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            other.config().setAutoRead(true);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent || event == SslCloseCompletionEvent.SUCCESS) {
            endOther();
        }
    }

    private void endOther() {
        if (ended) {
            return;
        }
        ended = true;
        SslHandler tls = other.pipeline().get(SslHandler.class);
        if (tls != null) {
            tls.closeOutbound();
        } else if (other instanceof DuplexChannel duplex) {
            other.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> duplex.shutdownOutput());
        }
        Pipe back = other.pipeline().get(Pipe.class);
        if (back != null && back.ended) {
            // Both directions have ended: what is still buffered goes out, then both connections end.
            other.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (other.isActive()) {
            other.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // A reset, a TLS record that was tampered with: the pair cannot go on, and the target must not take it for an
        // orderly end.
        Relay.reset(other);
        context.close();
    }
}
