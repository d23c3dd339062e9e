package io.sallyport.controlplane.web;

import io.javalin.http.Context;
import io.sallyport.controlplane.Problem;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.content.ByteBufferContentSource;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Lets a request in once its body is here, within the limits: who sends slowly holds no thread, and nothing large is parsed or written to a disk before
 * anybody has looked at it. A body that is not taken is forgotten, and what is wrong with it goes in as an attribute, so that it is answered like every
 * other request.
 */
final class WholeBodies extends Handler.Wrapper {

    /** Largest body; holds the largest policy. */
    static final int MOST_BYTES = 1024 * 1024;

    /** A body of the largest size has this long, which is 35 kB a second. One that says nothing at all for the connector's idle time ends by that. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** What is refused is read and forgotten up to here: an answer before the end of a body is lost to most of those who are still sending. */
    private static final int MOST_DISCARDED_BYTES = 4 * 1024 * 1024;

    private static final String REFUSAL = "sallyport.body.refusal";

    private final BodyRoom room = new BodyRoom();
    private final Clock clock;

    WholeBodies(Clock clock) {
        this.clock = clock;
    }

    /** @throws Problem what is wrong with the body of this request */
    static void requireTaken(Context request) {
        if (request.req().getAttribute(REFUSAL) instanceof Problem refusal) {
            throw refusal;
        }
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (request.getLength() <= 0 && !request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING)) {
            return super.handle(request, response, callback);
        }
        new Arrival(request, response, callback).run();
        return true;
    }

    private static Problem tooLarge() {
        return new Problem(Problem.Kind.TOO_LARGE, "the body is too large; at most 1 MiB is taken");
    }

    private void enter(Request request, Response response, Callback callback) {
        try {
            if (!super.handle(request, response, callback)) {
                Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
            }
        } catch (Throwable e) {
            Response.writeError(request, response, callback, e);
        }
    }

    /** One body on its way. Jetty calls it for one piece after the other. */
    private final class Arrival implements Runnable {

        private final Request request;
        private final Response response;
        private final Callback callback;
        private final String address;
        private final long begun = clock.millis();
        private ByteArrayOutputStream body = new ByteArrayOutputStream();

        /** What this body has of the room. */
        private final AtomicInteger taken = new AtomicInteger();

        /** Where there is one, what arrives is forgotten. */
        private @Nullable Problem refusal;

        private int discarded;

        Arrival(Request request, Response response, Callback callback) {
            this.refusal = request.getLength() > MOST_BYTES ? tooLarge() : null;
            this.request = request;
            this.response = response;
            this.address = CallerAddress.counted(Request.getRemoteAddr(request));
            // However it ends, and not before: a request that waits for a thread, or has one, still has its body.
            this.callback = Callback.from(this::leaveRoom, callback);
        }

        @Override
        public void run() {
            try {
                collect();
            } catch (Throwable e) {
                callback.failed(e);
            }
        }

        private void collect() {
            while (true) {
                Content.Chunk piece = request.read();
                if (piece == null) {
                    request.demand(this);
                    return;
                }
                if (Content.Chunk.isFailure(piece)) {
                    failed(piece.getFailure());
                    return;
                }
                boolean last = piece.isLast();
                take(piece);
                boolean late = !last && clock.millis() - begun > LONGEST.toMillis();
                if (late && refusal == null) {
                    refuse(tooSlow());
                }
                if (last || late || discarded > MOST_DISCARDED_BYTES) {
                    end();
                    return;
                }
            }
        }

        private void take(Content.Chunk piece) {
            try {
                int size = piece.remaining();
                Problem wrong = refusal == null ? keep(piece.getByteBuffer()) : null;
                if (wrong != null) {
                    refuse(wrong);
                }
                if (refusal != null) {
                    discarded += size;
                }
            } finally {
                piece.release();
            }
        }

        /** Copies: what stays of Jetty's own buffers is far larger than what a slow sender puts into them. */
        private @Nullable Problem keep(ByteBuffer piece) {
            int size = piece.remaining();
            if (size > MOST_BYTES - body.size()) {
                return tooLarge();
            }
            int beyond = body.size() + size - BodyRoom.FREE - taken.get();
            if (beyond > 0) {
                if (!room.take(address, beyond)) {
                    return new Problem(
                            Problem.Kind.TOO_MANY, "too many large bodies arrive at once; try again in some seconds");
                }
                taken.addAndGet(beyond);
            }
            byte[] copy = new byte[size];
            piece.get(copy);
            body.write(copy, 0, size);
            return null;
        }

        private void failed(@Nullable Throwable failure) {
            if (failure instanceof TimeoutException) {
                refuse(tooSlow());
                end();
                return;
            }
            callback.failed(failure);
        }

        private Problem tooSlow() {
            return new Problem(Problem.Kind.TOO_SLOW, "the body took too long to arrive; send it again");
        }

        private void refuse(Problem why) {
            refusal = why;
            body = new ByteArrayOutputStream(0);
            leaveRoom();
        }

        /** Not on this thread: Jetty calls one after the other what it has for a request, and this may take its time. */
        private void end() {
            request.setAttribute(REFUSAL, refusal);
            Request whole = refusal == null ? new Whole(request, body.toByteArray()) : request;
            body = new ByteArrayOutputStream(0);
            try {
                request.getContext().execute(() -> enter(whole, response, callback));
            } catch (RejectedExecutionException stopping) {
                callback.failed(stopping);
            }
        }

        private void leaveRoom() {
            room.leave(address, taken.getAndSet(0));
        }
    }

    /** The request with the body that has arrived. */
    private static final class Whole extends Request.Wrapper {

        private final ByteBufferContentSource body;

        Whole(Request request, byte[] bytes) {
            super(request);
            this.body = new ByteBufferContentSource(ByteBuffer.wrap(bytes));
        }

        @Override
        public long getLength() {
            return body.getLength();
        }

        @Override
        public Content.Chunk read() {
            return body.read();
        }

        @Override
        public void demand(Runnable callback) {
            body.demand(callback);
        }

        @Override
        public void fail(Throwable failure) {
            body.fail(failure);
            super.fail(failure);
        }
    }
}
