package io.sallyport.link.channel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.timeout.IdleStateHandler;
import io.sallyport.link.LinkException;
import io.sallyport.protocol.AgentMessage;
import io.sallyport.protocol.Paths;
import io.sallyport.protocol.ServerMessage;
import io.sallyport.protocol.Wire;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One WebSocket to the control plane (RFC 6455), from its opening to its close. Thread-safe; only {@link #open} blocks. */
public final class AgentChannel implements Outbound {

    private static final Logger LOG = LoggerFactory.getLogger(AgentChannel.class);

    private static final int LARGEST_MESSAGE = 16 << 20;

    private final Channel channel;

    private AgentChannel(Channel channel) {
        this.channel = channel;
    }

    /**
     * Opens a channel.
     *
     * @param credential secret
     * @param answer limit for the opening
     * @param silence without a byte from the other side after which the channel is closed
     * @param listener hears every message, on the event loop: it must not block
     * @throws ChannelRefusedException when the control plane answers with an HTTP error, 401 for a credential that it does not take
     */
    public static AgentChannel open(
            Connector connector, String credential, Duration answer, Duration silence, Consumer<ServerMessage> listener)
            throws LinkException, InterruptedException {
        HttpHeaders headers = new DefaultHttpHeaders().set(HttpHeaderNames.AUTHORIZATION, "Bearer " + credential);
        WebSocketClientProtocolConfig config = WebSocketClientProtocolConfig.newBuilder()
                .webSocketUri("wss://" + connector.address().authority() + Paths.CHANNEL)
                .customHeaders(headers)
                .maxFramePayloadLength(LARGEST_MESSAGE)
                .handshakeTimeoutMillis(answer.toMillis())
                .generateOriginHeader(false)
                .build();
        CompletableFuture<Void> opened = new CompletableFuture<>();
        Channel channel = connector.connect();
        try {
            WebSocketClientProtocolHandler protocol = new WebSocketClientProtocolHandler(config);
            channel.eventLoop().execute(() -> {
                HttpObjectAggregator answers = new HttpObjectAggregator(64 * 1024);
                channel.pipeline()
                        .addLast(
                                new IdleStateHandler(silence.toMillis(), 0, 0, TimeUnit.MILLISECONDS),
                                new HttpClientCodec(),
                                answers,
                                protocol,
                                new MessageHandler(opened, listener, LARGEST_MESSAGE));
                // The protocol handler begins when it hears that the channel is active; that was said before it was
                // there.
                channel.pipeline().context(answers).fireChannelActive();
            });
            opened.get(answer.toMillis() + 1000, TimeUnit.MILLISECONDS);
            return new AgentChannel(channel);
        } catch (ExecutionException e) {
            channel.close();
            if (e.getCause() instanceof LinkException refused) {
                throw refused;
            }
            throw new LinkException(
                    "the control plane at " + connector.address() + " closed the channel while it opened", e);
        } catch (TimeoutException e) {
            channel.close();
            throw new LinkException(
                    "the control plane at " + connector.address() + " did not open the channel in time", e);
        }
    }

    public boolean isOpen() {
        return channel.isActive();
    }

    /** Whether what was sent so far has mostly left; who sends much waits for it. */
    public boolean isWritable() {
        return channel.isWritable();
    }

    @Override
    public void send(AgentMessage message) {
        // Serialised on the event loop, so that an application thread pays only for the hand-over.
        try {
            channel.eventLoop().execute(() -> channel.writeAndFlush(new TextWebSocketFrame(Wire.write(message))));
        } catch (RejectedExecutionException e) {
            LOG.debug(
                    "The link is closed; a {} was not sent", message.getClass().getSimpleName());
        }
    }

    /** Sends a message that is JSON already; releases the buffer. */
    public void send(ByteBuf json) {
        channel.writeAndFlush(new TextWebSocketFrame(json));
    }

    public void ping() {
        channel.writeAndFlush(new PingWebSocketFrame());
    }

    /** Says goodbye and closes, whether or not the other side answers. */
    public void close() {
        channel.writeAndFlush(new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE))
                .addListener(done -> channel.close());
    }

    /** Closes without a word: the other side is silent or does not keep to the protocol. */
    public void abort() {
        channel.close();
    }
}
