package io.sallyport.link.testing;

import static org.awaitility.Awaitility.await;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.sallyport.core.hold.Ticket;
import io.sallyport.core.record.Event;
import io.sallyport.protocol.AgentMessage;
import io.sallyport.protocol.EnrollRequest;
import io.sallyport.protocol.EnrollResponse;
import io.sallyport.protocol.JoinToken;
import io.sallyport.protocol.Paths;
import io.sallyport.protocol.PolicySignature;
import io.sallyport.protocol.RenewRequest;
import io.sallyport.protocol.RenewResponse;
import io.sallyport.protocol.ServerMessage;
import io.sallyport.protocol.Wire;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * The other side, over real TLS, doing what the test tells it. Keeps events as a store would: once per (spool, sequence), and counts what came twice or
 * left a hole.
 */
public final class ScriptedControlPlane implements AutoCloseable {

    public final List<String> requests = new CopyOnWriteArrayList<>();
    public final List<EnrollRequest> enrolments = new CopyOnWriteArrayList<>();
    public final List<AgentMessage> received = new CopyOnWriteArrayList<>();
    public final Map<String, TreeMap<Long, Event>> stored = new ConcurrentHashMap<>();
    public final List<String> faults = new CopyOnWriteArrayList<>();
    public final Set<String> credentials = ConcurrentHashMap.newKeySet();
    public final Set<String> tokens = ConcurrentHashMap.newKeySet();
    public final Map<String, ServerMessage.ApprovalDecision> decisions = new ConcurrentHashMap<>();
    public final AtomicInteger welcomes = new AtomicInteger();
    public volatile boolean acknowledging = true;
    public volatile boolean revokeOnConnect;
    public volatile int dropAfterEventFrames = Integer.MAX_VALUE;
    /** There is no room for whatever comes from a workload; {@link #askAgain} ends that. */
    public volatile boolean full;

    private volatile long forgottenFrom;
    public volatile ServerMessage.PolicyUpdate policy;

    /** Presented on the last channel; {@code null} for none. */
    public volatile X509Certificate presented;

    public final List<RenewRequest> renewals = new CopyOnWriteArrayList<>();
    private volatile Certifying certifying;
    private volatile String publicKey;

    private final KeyPair policyKeys;
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger issued = new AtomicInteger();
    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final SslContext tls;
    private volatile Channel listening;
    private volatile Channel agent;
    private int port;

    public ScriptedControlPlane(TestCa.ServerIdentity identity) {
        this(identity, new String[] {"TLSv1.3", "TLSv1.2"});
    }

    public ScriptedControlPlane(TestCa.ServerIdentity identity, String... protocols) {
        try {
            policyKeys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            tls = SslContextBuilder.forServer(identity.key(), identity.chain())
                    .protocols(protocols)
                    .trustManager(identity.chain()[identity.chain().length - 1])
                    .clientAuth(ClientAuth.OPTIONAL)
                    .build();
            listen();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** How clients are certified. */
    private record Certifying(TestCa ca, Duration since, Duration life) {}

    /**
     * From now on credentials are bound to certificates.
     *
     * @param since how long ago they were made, so to speak
     * @param life how long they are still good for
     */
    public void certify(TestCa ca, Duration since, Duration life) {
        certifying = new Certifying(ca, since, life);
    }

    private X509Certificate certificate(String key) {
        Certifying now = certifying;
        // A control plane dates certificates back by an hour.
        return now.ca()
                .client(
                        key,
                        Instant.now().minus(now.since()).minus(Duration.ofHours(1)),
                        Instant.now().plus(now.life()));
    }

    private static String base64(X509Certificate certificate) {
        try {
            return Base64.getEncoder().encodeToString(certificate.getEncoded());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public String url() {
        return "https://localhost:" + port;
    }

    /** A token that this control plane takes, and that pins the CA. */
    public String token(TestCa ca) {
        String text = new JoinToken(ca.pin(), "token-" + made.incrementAndGet(), "secret").text();
        tokens.add(text);
        return text;
    }

    public ServerMessage.PolicyUpdate signed(long version, String yaml) {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(policyKeys.getPrivate());
            signer.update(PolicySignature.bytes(version, yaml));
            return new ServerMessage.PolicyUpdate(
                    version, yaml, Base64.getEncoder().encodeToString(signer.sign()));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public void publish(ServerMessage.PolicyUpdate update) {
        policy = update;
        tell(update);
    }

    public void decide(ServerMessage.ApprovalDecision decision) {
        decisions.put(decision.ticket(), decision);
        tell(decision);
    }

    /** Sends to the connected agent, if there is one. */
    public void tell(ServerMessage message) {
        Channel channel = agent;
        if (channel != null) {
            channel.writeAndFlush(new TextWebSocketFrame(Wire.write(message)));
        }
    }

    /** Sends any text. */
    public void tellRaw(String text) {
        agent.writeAndFlush(new TextWebSocketFrame(text));
    }

    /** There is room again, and it asks for what it forgot. */
    public void askAgain(String spool) {
        full = false;
        tell(new ServerMessage.EventsAgain(spool, forgottenFrom));
    }

    /** Whether something was forgotten and not sent again. */
    public boolean hasForgotten() {
        return forgottenFrom != 0;
    }

    /** Cuts the agent's connection without a word. */
    public void drop() {
        Channel channel = agent;
        if (channel != null) {
            channel.close().syncUninterruptibly();
        }
    }

    /** Nobody listens any more, until {@link #comeBack}. */
    public void goAway() {
        listening.close().syncUninterruptibly();
        drop();
    }

    public void comeBack() {
        listen();
    }

    public long eventsOf(String spool) {
        TreeMap<Long, Event> events = stored.get(spool);
        synchronized (stored) {
            return events == null ? 0 : events.size();
        }
    }

    public <T extends AgentMessage> List<T> received(Class<T> type) {
        return received.stream().filter(type::isInstance).map(type::cast).toList();
    }

    public List<Ticket> tickets() {
        return received(AgentMessage.ApprovalRequest.class).stream()
                .map(AgentMessage.ApprovalRequest::ticket)
                .toList();
    }

    @Override
    public void close() {
        goAway();
        group.shutdownGracefully(0, 100, TimeUnit.MILLISECONDS);
    }

    private void listen() {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(tls.newHandler(channel.alloc()))
                                .addLast(new HttpServerCodec(), new HttpObjectAggregator(1 << 20), new Peer());
                    }
                });
        if (port != 0) {
            // The kernel may take a moment to let go of the connections that were cut.
            await().ignoreExceptions().until(() -> {
                listening = bootstrap.bind("127.0.0.1", port).sync().channel();
                return true;
            });
            return;
        }
        // Below the range that outgoing connections take their ports from, so that it is still free when this server
        // comes back.
        for (int attempt = 0; attempt < 100 && port == 0; attempt++) {
            int candidate = ThreadLocalRandom.current().nextInt(12_000, 32_000);
            ChannelFuture bound = bootstrap.bind("127.0.0.1", candidate).awaitUninterruptibly();
            if (bound.isSuccess()) {
                listening = bound.channel();
                port = candidate;
            }
        }
    }

    private final class Peer extends SimpleChannelInboundHandler<Object> {
        private WebSocketServerHandshaker handshaker;
        private int eventFrames;

        @Override
        protected void channelRead0(ChannelHandlerContext context, Object message) throws Exception {
            if (message instanceof FullHttpRequest request) {
                requests.add(request.method() + " " + request.uri());
                http(context, request);
            } else if (message instanceof CloseWebSocketFrame close) {
                handshaker.close(context.channel(), close.retain());
            } else if (message instanceof PingWebSocketFrame ping) {
                context.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
            } else if (message instanceof TextWebSocketFrame text) {
                agentSaid(context, Wire.read(text.text(), AgentMessage.class));
            } else if (!(message instanceof WebSocketFrame)) {
                throw new IllegalStateException("unexpected " + message);
            }
        }

        private void http(ChannelHandlerContext context, FullHttpRequest request) throws Exception {
            if (request.uri().equals(Paths.ENROLL)) {
                EnrollRequest enrol =
                        Wire.read(request.content().toString(StandardCharsets.UTF_8), EnrollRequest.class);
                enrolments.add(enrol);
                if (!tokens.contains(enrol.token())) {
                    answer(context, 401, "{\"error\":\"unknown token\"}");
                    return;
                }
                String credential = "credential-" + issued.incrementAndGet();
                credentials.add(credential);
                String key = Base64.getEncoder()
                        .encodeToString(policyKeys.getPublic().getEncoded());
                X509Certificate client = certifying == null ? null : certificate(enrol.publicKey());
                publicKey = enrol.publicKey();
                answer(
                        context,
                        200,
                        Wire.write(new EnrollResponse(
                                "w-1",
                                credential,
                                key,
                                client == null ? null : base64(client),
                                client == null ? null : client.getNotAfter().toInstant())));
                return;
            }
            String authorization = String.valueOf(request.headers().get("Authorization"));
            if (!authorization.startsWith("Bearer ") || !credentials.contains(authorization.substring(7))) {
                answer(context, 401, "{\"error\":\"unknown credential\"}");
                return;
            }
            if (request.uri().equals(Paths.RENEW)) {
                renewals.add(Wire.read(request.content().toString(StandardCharsets.UTF_8), RenewRequest.class));
                X509Certificate client = certificate(publicKey);
                answer(
                        context,
                        200,
                        Wire.write(new RenewResponse(
                                base64(client), client.getNotAfter().toInstant())));
                return;
            }
            presented = peer(context);
            handshaker = new WebSocketServerHandshakerFactory(url() + Paths.CHANNEL, null, false, 1 << 20)
                    .newHandshaker(request);
            handshaker.handshake(context.channel(), request);
        }

        private static X509Certificate peer(ChannelHandlerContext context) {
            try {
                return (X509Certificate) context.pipeline()
                        .get(SslHandler.class)
                        .engine()
                        .getSession()
                        .getPeerCertificates()[0];
            } catch (SSLPeerUnverifiedException none) {
                return null;
            }
        }

        private void answer(ChannelHandlerContext context, int status, String body) {
            DefaultFullHttpResponse response = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1,
                    HttpResponseStatus.valueOf(status),
                    Unpooled.copiedBuffer(body, StandardCharsets.UTF_8));
            response.headers().set("Content-Length", response.content().readableBytes());
            context.writeAndFlush(response);
        }

        private void agentSaid(ChannelHandlerContext context, AgentMessage message) {
            received.add(message);
            if (message instanceof AgentMessage.Hello hello) {
                agent = context.channel();
                if (revokeOnConnect) {
                    tell(new ServerMessage.Revoked("lost laptop"));
                    return;
                }
                tell(new ServerMessage.Welcome(
                        "orders", Set.of("deployers"), Map.of("env", "test"), last(hello.spool())));
                welcomes.incrementAndGet();
                if (policy != null) {
                    tell(policy);
                }
            } else if (message instanceof AgentMessage.Events events) {
                if (++eventFrames > dropAfterEventFrames) {
                    context.close();
                    return;
                }
                if (forgets(events)) {
                    return;
                }
                store(events);
                if (acknowledging) {
                    tell(new ServerMessage.EventsAck(events.spool(), last(events.spool())));
                }
            } else if (message instanceof AgentMessage.ApprovalRequest request) {
                ServerMessage.ApprovalDecision decision =
                        decisions.get(request.ticket().id());
                if (decision != null) {
                    tell(decision);
                }
            }
        }

        private boolean forgets(AgentMessage.Events events) {
            long first = events.events().get(0).sequence();
            if (full && forgottenFrom == 0) {
                forgottenFrom = first;
            }
            boolean forgets = forgottenFrom != 0 && (full || first != forgottenFrom);
            forgottenFrom = forgets ? forgottenFrom : 0;
            return forgets;
        }

        private void store(AgentMessage.Events events) {
            synchronized (stored) {
                TreeMap<Long, Event> known = stored.computeIfAbsent(events.spool(), spool -> new TreeMap<>());
                for (AgentMessage.Numbered numbered : events.events()) {
                    long last = known.isEmpty() ? 0 : known.lastKey();
                    if (numbered.sequence() <= last) {
                        faults.add("twice: " + numbered.sequence());
                    } else if (numbered.sequence() != last + 1) {
                        faults.add("hole before: " + numbered.sequence());
                    }
                    known.put(numbered.sequence(), numbered.event());
                }
            }
        }

        private long last(String spool) {
            synchronized (stored) {
                TreeMap<Long, Event> known = stored.get(spool);
                return known == null || known.isEmpty() ? 0 : known.lastKey();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
