package io.sallyport.http.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.sallyport.core.command.RequestBody;
import io.sallyport.core.verdict.Passage;
import io.sallyport.core.verdict.Refusal;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.http.HttpCall;
import io.sallyport.http.HttpGate;
import io.sallyport.http.HttpRefusals;
import io.sallyport.http.OutgoingBody;
import io.sallyport.http.OutgoingRequest;
import java.io.ByteArrayOutputStream;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a request from its connection until rules have seen its body: head and content are kept as they are written, up to what rules look
 * at, decided, and then sent as they are, or never. The event loop goes on meanwhile. Leaves the pipeline with the request. Not
 * thread-safe; used on a channel's event loop.
 *
 * <p>Who writes is told at once that a piece is written, as long as there is room: some clients write the next only then. What comes while
 * people are asked waits with its promise.
 */
public final class HeldBody extends ChannelDuplexHandler {

    private record Kept(Object message, ChannelPromise promise) {}

    private enum State {
        COLLECTING,
        ASKING,
        OVER
    }

    private final HttpCall call;
    private final OutgoingRequest head;
    private final List<Kept> kept = new ArrayList<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private State state = State.COLLECTING;
    private boolean flush;
    private @Nullable CompletableFuture<Passage> admission;

    private HeldBody(HttpCall call, OutgoingRequest head) {
        this.call = call;
        this.head = head;
    }

    /**
     * From now on, what is written to the pipeline is kept until it is decided.
     *
     * @param head the request without a body, admitted
     */
    public static void hold(ChannelPipeline pipeline, HttpCall call, OutgoingRequest head) throws RefusedException {
        if (head.headers().containsKey("expect")) {
            // The body comes only once the server has seen the head.
            call.decide(head.with(OutgoingBody.UNREADABLE), HttpGate.current()::follow);
            call.sending();
        } else {
            // The client's own handler is the last one, and some of what is written begins there.
            pipeline.addBefore(pipeline.lastContext().name(), null, new HeldBody(call, head));
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (state == State.OVER) {
            super.write(context, message, promise);
        } else if (state == State.ASKING) {
            kept.add(new Kept(message, promise));
        } else {
            boolean readable = collect(message);
            boolean last = message instanceof LastHttpContent;
            if (last || !readable || bytes.size() > RequestBody.MOST) {
                kept.add(new Kept(message, promise));
                ask(context, last && readable && bytes.size() <= RequestBody.MOST);
            } else {
                kept.add(new Kept(message, context.newPromise()));
                promise.trySuccess();
            }
        }
    }

    /** @return whether the message is known: files and the like are not */
    private boolean collect(Object message) {
        ByteBuf content = message instanceof ByteBufHolder holder
                ? holder.content()
                : message instanceof ByteBuf buffer ? buffer : null;
        if (content == null) {
            return message instanceof HttpRequest;
        }
        byte[] some = new byte[content.readableBytes()];
        content.getBytes(content.readerIndex(), some);
        bytes.writeBytes(some);
        return true;
    }

    private void ask(ChannelHandlerContext context, boolean whole) {
        state = State.ASKING;
        OutgoingRequest asked = head.with(
                whole ? bytes.size() == 0 ? null : OutgoingBody.of(bytes.toByteArray()) : OutgoingBody.UNREADABLE);
        CompletableFuture<Passage> asking = call.ask(asked);
        if (asking == null) {
            pass(context);
            return;
        }
        admission = asking;
        asking.whenComplete((passage, failure) -> context.executor().execute(() -> {
            if (state == State.OVER) {
                return;
            }
            if (failure == null) {
                call.admitted(asked, passage);
                pass(context);
            } else {
                refuse(context, failure);
            }
        }));
    }

    private void pass(ChannelHandlerContext context) {
        state = State.OVER;
        call.sending();
        for (Kept one : kept) {
            context.write(one.message(), one.promise());
        }
        kept.clear();
        if (flush) {
            context.flush();
        }
        context.pipeline().remove(this);
    }

    private void refuse(ChannelHandlerContext context, Throwable failure) {
        Throwable cause = HttpRefusals.cause(failure);
        Refusal refusal = HttpRefusals.refusal(cause);
        Throwable exception = refusal == null ? cause : HttpRefusals.ofSockets(refusal);
        drop(exception);
        context.pipeline().fireExceptionCaught(exception);
        context.close();
    }

    private void drop(Throwable why) {
        state = State.OVER;
        for (Kept one : kept) {
            ReferenceCountUtil.safeRelease(one.message());
            one.promise().tryFailure(why);
        }
        kept.clear();
    }

    @Override
    public void flush(ChannelHandlerContext context) throws Exception {
        if (state == State.OVER) {
            super.flush(context);
        } else {
            flush = true;
        }
    }

    /** The channel is closed, by its client or its server. */
    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (state != State.OVER) {
            CompletableFuture<Passage> waiting = admission;
            drop(new ClosedChannelException());
            if (waiting != null) {
                waiting.cancel(true);
            }
        }
    }
}
