package io.sallyport.controlplane.web;

import io.sallyport.protocol.Wire;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * Bounds the threads that wait for those who read large answers. What fits the connector's buffer is sent without one; the rest is written as fast as it is
 * read, so that only some are at once, of one address fewer, and who reads too slowly makes room for who comes. Thread-safe.
 */
final class LargeAnswers extends Handler.Wrapper {

    private static final int AT_ONCE = 48;
    private static final int AT_ONCE_OF_ONE_ADDRESS = AT_ONCE / 3;

    /** Whoever has not taken the piece that was written last, 32 KiB at most, for so long keeps nobody else out. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Set<Answer> present = new HashSet<>();
    private final Clock clock;

    LargeAnswers(Clock clock) {
        this.clock = clock;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Answer answer = new Answer(request, response);
        boolean handled = false;
        try {
            handled = super.handle(request, answer, Callback.from(() -> leave(answer), callback));
        } finally {
            if (!handled) {
                leave(answer);
            }
        }
        return handled;
    }

    private synchronized boolean enter(Answer answer) {
        long now = clock.millis();
        // The address first: nobody else's answer ends for one that is refused all the same.
        return hasRoom(
                        present.stream()
                                .filter(other -> other.address.equals(answer.address))
                                .toList(),
                        AT_ONCE_OF_ONE_ADDRESS,
                        now)
                && hasRoom(List.copyOf(present), AT_ONCE, now)
                && present.add(answer);
    }

    /** Whether there is room for one more among these, because a slow one ends if need be. */
    private boolean hasRoom(List<Answer> among, int most, long now) {
        if (among.size() < most) {
            return true;
        }
        Optional<Answer> slow =
                among.stream().filter(answer -> answer.isSlow(now)).findAny();
        slow.ifPresent(ending -> {
            present.remove(ending);
            ending.cutOff();
        });
        return slow.isPresent();
    }

    private synchronized void leave(Answer answer) {
        present.remove(answer);
    }

    /** Turns into a refusal where there is no place. Written by one thread at a time. */
    private final class Answer extends Response.Wrapper {

        private final String address;
        private boolean large;
        private boolean refused;

        /** When the last piece was written. */
        private volatile long since;

        Answer(Request request, Response response) {
            super(request, response);
            this.address = CallerAddress.counted(Request.getRemoteAddr(request));
        }

        @Override
        public void write(boolean last, ByteBuffer bytes, Callback callback) {
            if (!last && !large && !refused && !isLive()) {
                begin();
            }
            if (refused) {
                refuse(last, bytes, callback);
                return;
            }
            since = clock.millis();
            super.write(last, bytes, callback);
        }

        /** Events as they come are few, and have threads of their own. */
        private boolean isLive() {
            String type = getHeaders().get(HttpHeader.CONTENT_TYPE);
            return type != null && type.startsWith("text/event-stream");
        }

        private void begin() {
            since = clock.millis();
            large = enter(this);
            refused = !large;
        }

        private void refuse(boolean last, ByteBuffer bytes, Callback callback) {
            if (!last) {
                BufferUtil.clear(bytes);
                callback.succeeded();
                return;
            }
            getHeaders().remove(HttpHeader.CONTENT_LENGTH);
            getHeaders().remove(HttpHeader.CONTENT_ENCODING);
            getHeaders().remove("Content-Disposition");
            getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
            getHeaders().put(HttpHeader.RETRY_AFTER, "5");
            setStatus(HttpStatus.TOO_MANY_REQUESTS_429);
            String text = Wire.write(Map.of(
                    "error", "too many large answers are being read; try again in some seconds", "details", List.of()));
            super.write(true, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), callback);
        }

        boolean isSlow(long now) {
            return now - since > PATIENCE.toMillis();
        }

        void cutOff() {
            getRequest().getConnectionMetaData().getConnection().getEndPoint().close();
        }
    }
}
