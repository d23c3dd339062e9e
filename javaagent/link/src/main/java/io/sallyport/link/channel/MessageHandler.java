package io.sallyport.link.channel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.timeout.IdleStateEvent;
import io.sallyport.protocol.ServerMessage;
import io.sallyport.protocol.Wire;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of a channel's pipeline: frames become messages, silence and failures close. */
final class MessageHandler extends SimpleChannelInboundHandler<WebSocketFrame> {

    private static final Logger LOG = LoggerFactory.getLogger(MessageHandler.class);

    private final CompletableFuture<Void> opened;
    private final Consumer<ServerMessage> listener;
    private final int largest;

    MessageHandler(CompletableFuture<Void> opened, Consumer<ServerMessage> listener, int largest) {
        this.opened = opened;
        this.listener = listener;
        this.largest = largest;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
            context.pipeline().addBefore(context.name(), "whole-messages", new WebSocketFrameAggregator(largest));
            opened.complete(null);
        } else if (event instanceof IdleStateEvent) {
            LOG.debug("The control plane is silent; closing the channel");
            context.close();
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
        if (!(frame instanceof TextWebSocketFrame text)) {
            if (!(frame instanceof ContinuationWebSocketFrame)) {
                LOG.debug("Skipped a {}", frame.getClass().getSimpleName());
            }
            return;
        }
        ServerMessage message;
        try {
            message = Wire.read(text.text(), ServerMessage.class);
        } catch (InvalidTypeIdException e) {
            LOG.debug("Skipped a message of the unknown type {}", e.getTypeId());
            return;
        } catch (JsonProcessingException e) {
            LOG.debug("Not a message of the protocol: {}", e.getOriginalMessage());
            context.close();
            return;
        }
        if (message != null) {
            listener.accept(message);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof WebSocketClientHandshakeException refused && refused.response() != null) {
            int status = refused.response().status().code();
            opened.completeExceptionally(new ChannelRefusedException(
                    status,
                    "the control plane refused the channel with HTTP "
                            + refused.response().status()));
        } else {
            opened.completeExceptionally(cause);
        }
        LOG.debug("Channel to the control plane failed", cause);
        context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        opened.completeExceptionally(new IOException("closed"));
    }
}
