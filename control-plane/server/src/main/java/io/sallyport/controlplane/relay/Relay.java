package io.sallyport.controlplane.relay;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A running relay, see the package. Thread-safe. */
public final class Relay implements AutoCloseable {

    private static final long HANDSHAKE_SECONDS = 5;
    private static final long LOOK_SECONDS = 5;

    private final RelaySettings settings;
    private final InstantSource clock;
    private final Places places;
    private final RelayCertificates certificates;
    private final RelayMetrics metrics = new RelayMetrics();
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(NioIoHandler.newFactory());
    private final Callers callers = new Callers();
    private final NameService names;
    private final Channel listener;
    private final int port;

    /** @throws java.net.BindException if the address is taken */
    public Relay(RelaySettings settings, RelayCertificates certificates) {
        this(settings, certificates, InstantSource.system());
    }

    /** @param clock by which certificates of callers end */
    Relay(RelaySettings settings, RelayCertificates certificates, InstantSource clock) {
        this(settings, certificates, clock, InetAddress::getAllByName);
    }

    /** @param lookup of the target's name */
    Relay(RelaySettings settings, RelayCertificates certificates, InstantSource clock, NameService.Lookup lookup) {
        this.settings = settings;
        this.clock = clock;
        this.names = new NameService(lookup);
        this.places = new Places(settings.maxConnections());
        this.certificates = certificates;
        ServerBootstrap server = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel caller) {
                        accept(caller);
                    }
                });
        try {
            this.listener = server.bind(settings.listen().resolve())
                    .syncUninterruptibly()
                    .channel();
        } catch (RuntimeException e) {
            loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            names.close();
            throw e;
        }
        this.port = ((InetSocketAddress) listener.localAddress()).getPort();
        var unused = loops.scheduleWithFixedDelay(certificates::refresh, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    private void accept(Channel caller) {
        Places.Place place =
                caller.remoteAddress() instanceof InetSocketAddress from ? places.enter(from.getAddress()) : null;
        if (place == null) {
            metrics.strangersOverLimit.increment();
            caller.close();
            return;
        }
        metrics.open.incrementAndGet();
        caller.closeFuture().addListener(closed -> {
            place.leave();
            metrics.open.decrementAndGet();
        });
        callers.open().add(caller);
        SslHandler tls = certificates.current().newHandler(caller.alloc());
        tls.setHandshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS);
        caller.pipeline().addLast(tls, new AdmittedClient(settings.target(), names, callers, place, clock, metrics));
    }

    /** Ends a connection with a TCP reset: what it carried is not whole, and nobody must take it for whole. */
    static void reset(Channel channel) {
        if (channel.isActive()) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
            channel.unsafe().close(channel.voidPromise());
        }
    }

    /** The port that it listens on. */
    public int port() {
        return port;
    }

    public RelayMetrics metrics() {
        return metrics;
    }

    /**
     * Whose certificates are good for nothing any more: what they have open ends, and they are not admitted again.
     *
     * @param workloads all of them, by the common names of their certificates
     */
    public void cutOff(Set<String> workloads) {
        callers.cutOff(workloads);
    }

    /** Takes no new connections, waits for the open ones to end, at most so long, then ends them. */
    public void drain(Duration limit) {
        listener.close().syncUninterruptibly();
        var unused = callers.open().newCloseFuture().awaitUninterruptibly(limit.toMillis());
        close();
    }

    @Override
    public void close() {
        if (loops.isShuttingDown()) {
            return;
        }
        listener.close().syncUninterruptibly();
        callers.open().close().awaitUninterruptibly(1, TimeUnit.SECONDS);
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
        names.close();
    }
}
