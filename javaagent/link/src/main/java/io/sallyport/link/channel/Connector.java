package io.sallyport.link.channel;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import io.sallyport.link.LinkException;
import io.sallyport.link.trust.UntrustedControlPlaneException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections to the control plane: every resolved address in turn, then TLS. What it returns is proven to be the control plane, so
 * a credential may be sent. Blocks the calling thread, never the event loop (name resolution included).
 */
public final class Connector {

    private final EventLoop loop;
    private final ControlPlaneAddress address;
    private final SslContext tls;
    private final Duration limit;

    /** @param limit for TCP per address, and for TLS */
    public Connector(EventLoop loop, ControlPlaneAddress address, SslContext tls, Duration limit) {
        this.loop = loop;
        this.address = address;
        this.tls = tls;
        this.limit = limit;
    }

    public ControlPlaneAddress address() {
        return address;
    }

    /** @throws LinkException that says in one line why there is no connection */
    Channel connect() throws LinkException, InterruptedException {
        InetAddress[] candidates;
        try {
            candidates = InetAddress.getAllByName(address.host());
        } catch (UnknownHostException e) {
            throw new LinkException(
                    "the control plane's host name " + address.host()
                            + " cannot be resolved: check SALLYPORT_CONTROL_PLANE",
                    e);
        }
        Throwable last = null;
        for (InetAddress candidate : candidates) {
            ChannelFuture connecting = bootstrap().connect(new InetSocketAddress(candidate, address.port()));
            if (connecting.await(limit.toMillis() + 1000, TimeUnit.MILLISECONDS) && connecting.isSuccess()) {
                return secured(connecting.channel());
            }
            last = connecting.cause();
            connecting.cancel(false);
            connecting.channel().close();
        }
        throw new LinkException(
                "no control plane answers at " + address + " (" + reason(last)
                        + "): check that it runs and SALLYPORT_CONTROL_PLANE is right",
                last == null ? new java.io.IOException("timed out") : last);
    }

    private Channel secured(Channel channel) throws LinkException, InterruptedException {
        Future<Channel> handshake = channel.pipeline().get(SslHandler.class).handshakeFuture();
        if (handshake.await(limit.toMillis() + 1000, TimeUnit.MILLISECONDS) && handshake.isSuccess()) {
            return channel;
        }
        channel.close();
        Throwable cause = handshake.cause();
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t instanceof UntrustedControlPlaneException) {
                throw new LinkException(address + " is refused: " + t.getMessage(), t);
            }
        }
        throw new LinkException(
                "TLS with " + address + " failed (" + reason(cause)
                        + "): check that SALLYPORT_CONTROL_PLANE is the control plane's HTTPS port",
                cause == null ? new java.io.IOException("timed out") : cause);
    }

    private Bootstrap bootstrap() {
        return new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(limit.toMillis()))
                .option(ChannelOption.TCP_NODELAY, true)
                // Above the uploader's window of unconfirmed events, which is what really bounds it.
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(256 << 10, 1 << 20))
                .disableResolver()
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        SslHandler handler = tls.newHandler(channel.alloc(), address.host(), address.port());
                        handler.setHandshakeTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
                        channel.pipeline().addLast(handler);
                        // Failures are read from the futures; without this one they would also be logged as unhandled.
                        channel.pipeline().addLast("quiet", new QuietHandler());
                    }
                });
    }

    private static String reason(@Nullable Throwable cause) {
        if (cause == null) {
            return "timed out";
        }
        String message = cause.getMessage();
        return message == null
                ? cause.getClass().getSimpleName()
                : message.lines().findFirst().orElse("unknown");
    }
}
