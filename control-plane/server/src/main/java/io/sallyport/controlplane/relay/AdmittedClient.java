package io.sallyport.controlplane.relay;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for a caller's handshake; then opens the target and gives its place to two {@link Pipe}s. What the caller sends meanwhile is
 * kept: the TLS records that came with the end of the handshake, and no more, since the caller is not read until the target is open.
 */
final class AdmittedClient extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(AdmittedClient.class);
    private static final int CONNECT_MILLIS = 10_000;

    private final HostPort target;
    private final Callers callers;
    private final RelayMetrics metrics;
    private final Queue<Object> early = new ArrayDeque<>();
    private boolean ended;

    AdmittedClient(HostPort target, Callers callers, RelayMetrics metrics) {
        this.target = target;
        this.callers = callers;
        this.metrics = metrics;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == SslCloseCompletionEvent.SUCCESS || event instanceof ChannelInputShutdownEvent) {
            ended = true;
        } else if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (!handshake.isSuccess()) {
                refuse(context, Refusal.of(handshake.cause()));
            } else if (!callers.admit(context.channel(), workload(context))) {
                refuse(context, "this workload was revoked");
            } else {
                context.channel().config().setAutoRead(false);
                open(context);
            }
        }
    }

    private void refuse(ChannelHandlerContext context, String why) {
        metrics.notAdmitted.increment();
        LOG.info("a caller from {} was not admitted: {}", context.channel().remoteAddress(), why);
        context.close();
    }

    /** The common name of the certificate that the handshake has checked (see {@code CertificateAuthority.issueClient}). */
    private static String workload(ChannelHandlerContext context) {
        try {
            String name = context.pipeline()
                    .get(SslHandler.class)
                    .engine()
                    .getSession()
                    .getPeerPrincipal()
                    .getName();
            return name.startsWith("CN=") ? name.substring(3) : name;
        } catch (SSLPeerUnverifiedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void open(ChannelHandlerContext context) {
        Channel caller = context.channel();
        ChannelFuture opening = new Bootstrap()
                .group(caller.eventLoop())
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel opened) {
                        opened.pipeline().addLast(new Pipe(caller, metrics.fromTarget));
                    }
                })
                // Resolved at each connection, so that a target which moves is found again.
                .connect(target.resolve());
        opening.addListener(done -> {
            if (done.isSuccess()) {
                metrics.admitted.increment();
                join(context, opening.channel());
            } else {
                metrics.targetAway.increment();
                LOG.warn(
                        "the target {} cannot be reached: {}",
                        target,
                        done.cause().getMessage());
                Relay.reset(caller);
            }
        });
    }

    private void join(ChannelHandlerContext context, Channel opened) {
        Channel caller = context.channel();
        if (!caller.isActive()) {
            opened.close();
            return;
        }
        context.pipeline().addAfter(context.name(), "pipe", new Pipe(opened, metrics.toTarget));
        early.forEach(context::fireChannelRead);
        early.clear();
        context.fireChannelReadComplete();
        if (ended) {
            context.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        }
        context.pipeline().remove(this);
        caller.config().setAutoRead(opened.isWritable());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        early.add(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        early.forEach(ReferenceCountUtil::release);
        early.clear();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
