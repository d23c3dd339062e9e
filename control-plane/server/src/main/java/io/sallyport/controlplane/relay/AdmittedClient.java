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
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Date;
import java.util.Queue;
import java.util.stream.Stream;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
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
    private final NameService names;
    private final Callers callers;
    private final Places.Place place;
    private final InstantSource clock;
    private final RelayMetrics metrics;
    private final Queue<Object> early = new ArrayDeque<>();
    private boolean ended;

    AdmittedClient(
            HostPort target,
            NameService names,
            Callers callers,
            Places.Place place,
            InstantSource clock,
            RelayMetrics metrics) {
        this.target = target;
        this.names = names;
        this.callers = callers;
        this.place = place;
        this.clock = clock;
        this.metrics = metrics;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == SslCloseCompletionEvent.SUCCESS || event instanceof ChannelInputShutdownEvent) {
            ended = true;
            if (!context.pipeline().get(SslHandler.class).handshakeFuture().isDone()) {
                // Nothing more will come of it, and somebody else may have the place.
                context.close();
            }
        } else if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (!handshake.isSuccess()) {
                refuse(context, Refusal.of(handshake.cause()));
            } else {
                admit(context);
            }
        }
    }

    private void admit(ChannelHandlerContext context) {
        X509Certificate[] shown = certificates(context);
        String outdated = outdated(shown);
        if (outdated != null) {
            refuse(context, outdated);
        } else if (!callers.admit(context.channel(), workload(shown[0]))) {
            refuse(context, "this workload was revoked");
        } else if (!place.admit()) {
            metrics.overLimit.increment();
            LOG.info(
                    "a caller from {} was not admitted: all places are taken",
                    context.channel().remoteAddress());
            context.close();
        } else {
            context.channel().config().setAutoRead(false);
            open(context);
        }
    }

    /**
     * A TLS session that is resumed (RFC 8446, section 2.2) does not show the certificate again, nor does the JDK look at the old one: without
     * this a certificate would be good for as long as sessions are, a day after its end.
     *
     * @return what to say; {@code null} when all of it is valid now
     */
    private @Nullable String outdated(X509Certificate[] shown) {
        try {
            for (X509Certificate certificate : shown) {
                certificate.checkValidity(Date.from(clock.instant()));
            }
            return null;
        } catch (CertificateException e) {
            return Refusal.of(e);
        }
    }

    private void refuse(ChannelHandlerContext context, String why) {
        metrics.notAdmitted.increment();
        LOG.info("a caller from {} was not admitted: {}", context.channel().remoteAddress(), why);
        context.close();
    }

    private static X509Certificate[] certificates(ChannelHandlerContext context) {
        try {
            return Stream.of(context.pipeline()
                            .get(SslHandler.class)
                            .engine()
                            .getSession()
                            .getPeerCertificates())
                    .map(X509Certificate.class::cast)
                    .toArray(X509Certificate[]::new);
        } catch (SSLPeerUnverifiedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The common name of the certificate that the handshake has checked (see {@code CertificateAuthority.issueClient}). */
    private static String workload(X509Certificate shown) {
        String name = shown.getSubjectX500Principal().getName();
        return name.startsWith("CN=") ? name.substring(3) : name;
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
                .resolver(names)
                .connect(target.unresolved());
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
