package io.sallyport.controlplane.web;

import io.javalin.http.Context;
import io.sallyport.controlplane.Problem;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
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
 * Lets a request in once its body is here, within the limits: who sends slowly holds no thread, and nothing of what nobody has looked at yet is parsed or
 * written to a disk. A body that is not taken goes in unread, with what is wrong as an attribute, so that it is answered like every other request.
 */
final class WholeBodies extends Handler.Wrapper {

    /** Largest body; holds the largest policy. */
    static final int MOST_BYTES = 1024 * 1024;

    /** A body of the largest size has this long, which is 35 kB a second. One that says nothing at all for the connector's idle time ends by that. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

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
        Problem refusal = unwanted(request);
        if (refusal != null) {
            request.setAttribute(REFUSAL, refusal);
            return super.handle(request, response, callback);
        }
        new Arrival(request, response, callback).run();
        return true;
    }

    private static @Nullable Problem unwanted(Request request) {
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        if (type != null && type.strip().toLowerCase(Locale.ROOT).startsWith("multipart/")) {
            return new Problem(Problem.Kind.UNSUPPORTED, "nothing here takes a body in several parts");
        }
        return request.getLength() > MOST_BYTES ? tooLarge() : null;
    }

    private static Problem tooLarge() {
        return new Problem(Problem.Kind.TOO_LARGE, "the body is too large; at most 1 MiB is taken");
    }

    private void enter(Request request, Response response, Callback callback) {
        try {
            if (!super.handle(request, response, callback)) {
                Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
            }
        } catch (Exception e) {
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
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();

        /** What this body has of the room. */
        private int taken;

        Arrival(Request request, Response response, Callback callback) {
            this.request = request;
            this.response = response;
            this.callback = callback;
            this.address = Request.getRemoteAddr(request);
        }

        @Override
        public void run() {
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
                Problem refusal = keep(piece);
                if (refusal == null && !last && clock.millis() - begun > LONGEST.toMillis()) {
                    refusal = tooSlow();
                }
                if (refusal != null) {
                    refuse(refusal);
                    return;
                }
                if (last) {
                    leaveRoom();
                    enter(new Whole(request, body.toByteArray()), response, callback);
                    return;
                }
            }
        }

        /** Copies: what stays of Jetty's own buffers is far larger than what a slow sender puts into them. */
        private @Nullable Problem keep(Content.Chunk piece) {
            try {
                ByteBuffer bytes = piece.getByteBuffer();
                int size = bytes.remaining();
                if (size > MOST_BYTES - body.size()) {
                    return tooLarge();
                }
                int beyond = Math.max(0, body.size() + size - BodyRoom.FREE) - taken;
                if (beyond > 0) {
                    if (!room.take(address, beyond)) {
                        return new Problem(
                                Problem.Kind.TOO_MANY,
                                "too many large bodies arrive at once; try again in some seconds");
                    }
                    taken += beyond;
                }
                byte[] copy = new byte[size];
                bytes.get(copy);
                body.write(copy, 0, size);
                return null;
            } finally {
                piece.release();
            }
        }

        private void failed(@Nullable Throwable failure) {
            if (failure instanceof TimeoutException) {
                refuse(tooSlow());
                return;
            }
            leaveRoom();
            callback.failed(failure);
        }

        private Problem tooSlow() {
            return new Problem(Problem.Kind.TOO_SLOW, "the body took too long to arrive; send it again");
        }

        private void refuse(Problem refusal) {
            leaveRoom();
            request.setAttribute(REFUSAL, refusal);
            enter(request, response, callback);
        }

        private void leaveRoom() {
            room.leave(address, taken);
            taken = 0;
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
