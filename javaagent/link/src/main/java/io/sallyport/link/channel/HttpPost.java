package io.sallyport.link.channel;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpVersion;
import io.sallyport.link.LinkException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One JSON request on a connection of its own. */
public final class HttpPost {

    private static final int LARGEST_ANSWER = 256 * 1024;

    /** @param body JSON text, or whatever the server sent with an error */
    public record Answer(int status, String body) {}

    /**
     * Sends and waits.
     *
     * @param credential secret; {@code null} for none
     * @throws LinkException when there is no connection or no answer in time
     */
    public static Answer send(
            Connector connector, String path, @Nullable String credential, String json, Duration limit)
            throws LinkException, InterruptedException {
        Channel channel = connector.connect();
        try {
            CompletableFuture<Answer> answer = new CompletableFuture<>();
            channel.pipeline()
                    .addLast(new HttpClientCodec(), new HttpObjectAggregator(LARGEST_ANSWER), new Receiver(answer));
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            DefaultFullHttpRequest request = new DefaultFullHttpRequest(
                    HttpVersion.HTTP_1_1, HttpMethod.POST, path, Unpooled.wrappedBuffer(body));
            request.headers()
                    .set(HttpHeaderNames.HOST, connector.address().authority())
                    .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                    .set(HttpHeaderNames.ACCEPT, "application/json")
                    .set(HttpHeaderNames.CONNECTION, "close")
                    .set(HttpHeaderNames.CONTENT_LENGTH, body.length);
            if (credential != null) {
                request.headers().set(HttpHeaderNames.AUTHORIZATION, "Bearer " + credential);
            }
            channel.writeAndFlush(request);
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new LinkException("the control plane at " + connector.address() + " did not answer in time", e);
        } catch (ExecutionException e) {
            throw new LinkException("the control plane at " + connector.address() + " closed the connection", e);
        } finally {
            channel.close();
        }
    }

    private static final class Receiver extends SimpleChannelInboundHandler<FullHttpResponse> {
        private final CompletableFuture<Answer> answer;

        Receiver(CompletableFuture<Answer> answer) {
            this.answer = answer;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
            answer.complete(
                    new Answer(response.status().code(), response.content().toString(StandardCharsets.UTF_8)));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            answer.completeExceptionally(cause);
            context.close();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            answer.completeExceptionally(new IOException("closed"));
        }
    }

    private HttpPost() {}
}
