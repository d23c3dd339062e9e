package io.sallyport.sockets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelFactory;
import io.grpc.netty.shaded.io.netty.channel.ChannelFuture;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.nio.NioEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.sallyport.core.command.Endpoint;
import io.sallyport.core.record.Event;
import io.sallyport.weaving.Coverage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** gRPC, which nobody mediates, by its native transport (where the machine has one) and by the JDK's channels. */
@Timeout(60)
class GrpcTest {

    private static final MethodDescriptor.Marshaller<byte[]> BYTES = new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    };

    private ServerSocket server;

    @BeforeEach
    void serve() throws IOException {
        WovenSockets.EVENTS.clear();
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws IOException {
        WovenSockets.govern("");
        server.close();
    }

    private Status call(NettyChannelBuilder builder) throws Exception {
        ManagedChannel channel = builder.usePlaintext().build();
        try {
            CompletableFuture<Status> closed = new CompletableFuture<>();
            MethodDescriptor<byte[], byte[]> method = MethodDescriptor.newBuilder(BYTES, BYTES)
                    .setType(MethodDescriptor.MethodType.UNARY)
                    .setFullMethodName("people.People/Get")
                    .build();
            ClientCall<byte[], byte[]> call =
                    channel.newCall(method, CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS));
            call.start(
                    new ClientCall.Listener<>() {
                        @Override
                        public void onClose(Status status, Metadata trailers) {
                            closed.complete(status);
                        }
                    },
                    new Metadata());
            call.request(1);
            call.sendMessage(new byte[0]);
            call.halfClose();
            return closed.get(30, TimeUnit.SECONDS);
        } finally {
            channel.shutdownNow();
        }
    }

    private NettyChannelBuilder builder() {
        return NettyChannelBuilder.forAddress("127.0.0.1", server.getLocalPort());
    }

    private void assertRefused(Status status) {
        assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(status.getCause()).hasStackTraceContaining("Refused by Sallyport: ");
        assertThat(WovenSockets.EVENTS)
                .filteredOn(e -> e.type() == Event.Type.DECISION)
                .isNotEmpty()
                .allSatisfy(e -> assertThat(e.rules()).contains("unmediated"));
    }

    @Test
    void grpcDoesNotReachAGovernedHostByTheTransportThatItPrefers() throws Exception {
        WovenSockets.govern("targets: [{name: api, http: 'http://127.0.0.1:" + server.getLocalPort() + "/**'}]\n");
        assertRefused(call(builder()));
        if (Epoll.isAvailable()) {
            assertThat(WovenSockets.COVERAGE.entries())
                    .anyMatch(e -> e.state() == Coverage.State.WOVEN
                            && e.type().equals("io.grpc.netty.shaded.io.netty.channel.unix.Socket"));
        }
    }

    @Test
    void norByTheJdksChannels() throws Exception {
        WovenSockets.govern("targets: [{name: api, http: 'http://127.0.0.1:" + server.getLocalPort() + "/**'}]\n");
        NioEventLoopGroup loops = new NioEventLoopGroup(1);
        try {
            ChannelFactory<NioSocketChannel> nio = NioSocketChannel::new;
            assertRefused(call(builder().eventLoopGroup(loops).channelFactory(nio)));
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    /** Also where it connects later, on a thread that others use. */
    @Test
    void aNativeChannelIsTheClientsThatOpenedIt() throws Exception {
        assumeTrue(Epoll.isAvailable());
        WovenSockets.govern("targets: [{name: api, http: 'http://127.0.0.1:" + server.getLocalPort() + "/**'}]\n");
        EpollEventLoopGroup loops = new EpollEventLoopGroup(1);
        try {
            WovenSockets.PLACES.requested(new Endpoint("127.0.0.1", server.getLocalPort()));
            WovenSockets.CONTEXT.sockets().begin("a-client");
            EpollSocketChannel its = new EpollSocketChannel();
            WovenSockets.CONTEXT.sockets().end();
            connect(loops, its).get(10, TimeUnit.SECONDS);
            assertThatThrownBy(() -> connect(loops, new EpollSocketChannel()).get(10, TimeUnit.SECONDS))
                    .hasStackTraceContaining("Refused by Sallyport: ");
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    private ChannelFuture connect(EventLoopGroup loops, Channel channel) {
        loops.register(channel).syncUninterruptibly();
        return channel.connect(new InetSocketAddress("127.0.0.1", server.getLocalPort()));
    }

    @Test
    void elsewhereItConnectsAndIsListed() throws Exception {
        // Whoever listens here says nothing of HTTP/2, and hangs up.
        Thread accepting = new Thread(() -> {
            try {
                server.accept().close();
            } catch (IOException stopped) {
                // The test is over.
            }
        });
        accepting.setDaemon(true);
        accepting.start();
        call(builder());
        assertThat(WovenSockets.COVERAGE.entries())
                .anyMatch(
                        e -> e.reason() != null && e.reason().contains(" to 127.0.0.1:" + server.getLocalPort() + " "));
    }
}
