package io.sallyport.http.vertx;

import io.netty.buffer.ByteBuf;
import io.sallyport.core.command.RequestBody;
import io.sallyport.core.verdict.Passage;
import io.sallyport.core.verdict.Refusal;
import io.sallyport.http.HttpCall;
import io.sallyport.http.HttpRefusals;
import io.sallyport.http.OutgoingBody;
import io.sallyport.http.OutgoingRequest;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.internal.ContextInternal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What an application writes to a request while rules wait for its body: kept up to what they look at, decided, and then written once, with
 * the head. Until then a piece counts as written as soon as it is kept. Thread-safe.
 */
final class HeldWrites {

    private final HttpClientRequest request;
    private final HttpCall call;
    private final OutgoingRequest head;
    private final ContextInternal context;
    private final Consumer<IOException> refused;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean asked;
    private volatile boolean released;

    /**
     * @param head the request without a body, admitted
     * @param refused fails the request
     */
    HeldWrites(
            HttpClientRequest request,
            HttpCall call,
            OutgoingRequest head,
            ContextInternal context,
            Consumer<IOException> refused) {
        this.request = request;
        this.call = call;
        this.head = head;
        this.context = context;
        this.refused = refused;
    }

    /** Whether what was kept is being written: then anything may be. */
    boolean isReleased() {
        return released;
    }

    /** @return the future of a write that is kept */
    Future<Void> write(@Nullable ByteBuf piece, boolean end) {
        OutgoingRequest whole;
        synchronized (this) {
            if (asked) {
                return context.failedFuture(new IllegalStateException("the body of a request waits for a decision"));
            }
            if (piece != null) {
                byte[] some = new byte[piece.readableBytes()];
                piece.getBytes(piece.readerIndex(), some);
                bytes.writeBytes(some);
            }
            boolean tooLong = bytes.size() > RequestBody.MOST;
            if (!end && !tooLong) {
                return context.succeededFuture();
            }
            asked = true;
            whole = head.with(
                    tooLong
                            ? OutgoingBody.UNREADABLE
                            : bytes.size() == 0 ? null : OutgoingBody.of(bytes.toByteArray()));
        }
        return ask(whole, end);
    }

    private Future<Void> ask(OutgoingRequest whole, boolean end) {
        CompletableFuture<Passage> admission = call.ask(whole);
        if (admission == null) {
            return send(end);
        }
        Promise<Void> written = context.promise();
        // A timeout or a reset ends the wait as well.
        Future<HttpClientResponse> response = request.response();
        response.onFailure(failure -> admission.cancel(true));
        admission.whenComplete((passage, failure) -> context.runOnContext(none -> {
            if (failure == null) {
                call.admitted(whole, passage);
                send(end).onComplete(written);
            } else {
                Throwable cause = HttpRefusals.cause(failure);
                Refusal refusal = HttpRefusals.refusal(cause);
                IOException no = refusal == null ? new IOException(cause) : HttpRefusals.ofSockets(refusal);
                refused.accept(no);
                written.tryFail(no);
            }
        }));
        return written.future();
    }

    /** Writes what was kept, by the woven method, which lets it pass from now on. */
    private Future<Void> send(boolean end) {
        released = true;
        Buffer kept = Buffer.buffer(bytes.toByteArray());
        if (!end) {
            return request.write(kept);
        }
        return kept.length() == 0 ? request.end() : request.end(kept);
    }
}
