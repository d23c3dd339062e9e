package io.sallyport.http;

import io.sallyport.core.command.Target;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.weaving.StateField;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A TLS socket of a class that is not the JDK's and may wrap one that is: what it says of its session it can say of any. So its output is watched: while
 * something is written to it, every socket of the JDK's TLS that is written to has to lead to the server that the bytes are meant for, and one has to be.
 *
 * <p>Thread-safe as far as a connection is: one thread writes at a time.
 */
public final class WrappedSocket {

    /** The wrapper that this thread is writing to. */
    private static final ThreadLocal<@Nullable WrappedSocket> WRITING = new ThreadLocal<>();

    private static volatile boolean any;

    private volatile @Nullable Target server;
    private volatile boolean demanded;
    private volatile @Nullable Object demands;
    private boolean written;
    private boolean carried;

    private WrappedSocket() {}

    /** State of the wrapper; {@code null} where it has no output, or is of a class that is not woven: its output cannot be watched. */
    static @Nullable WrappedSocket of(Socket wrapper) {
        WrappedSocket known = known(wrapper);
        if (known == null && wrapper instanceof SSLSocket) {
            try {
                // Some clients ask for it after this only.
                var unused = wrapper.getOutputStream();
            } catch (IOException none) {
                return null;
            }
            known = known(wrapper);
        }
        return known;
    }

    private static @Nullable WrappedSocket known(Socket wrapper) {
        return StateField.get(wrapper, WrappedSocket.class);
    }

    /** The output of a wrapper, to be written to in place of {@code own}. */
    public static OutputStream watched(Socket wrapper, OutputStream own) {
        if (own instanceof Watched watched) {
            // That of a wrapper within, whose output this one hands on.
            StateField.set(wrapper, watched.state);
            return own;
        }
        any = true;
        WrappedSocket known = known(wrapper);
        WrappedSocket state = known == null ? new WrappedSocket() : known;
        StateField.set(wrapper, state);
        return new Watched(own, wrapper, state);
    }

    /**
     * A socket of the JDK's TLS is about to be written to by this thread.
     *
     * @throws RefusedException where the bytes come from a wrapper, and the socket leads elsewhere than where they are meant for
     */
    public static void carrying(SSLSocket tls) throws RefusedException {
        WrappedSocket writing = any ? WRITING.get() : null;
        if (writing != null) {
            writing.carried = true;
            Target meant = writing.server;
            if (meant != null && writing.demanded) {
                HttpGate.current().servers().carrying(tls, meant);
            }
        }
    }

    boolean isFor(Target other, @Nullable Object inForce) {
        Target known = server;
        return demands == inForce
                && inForce != null
                && known != null
                && known.endpoints().equals(other.endpoints());
    }

    /** @param demanding whether anything is demanded of the TLS with that server */
    void isJudgedFor(Target meant, boolean demanding, @Nullable Object inForce) {
        server = meant;
        demanded = demanding;
        demands = inForce;
    }

    private static final class Watched extends OutputStream {

        private final OutputStream own;
        private final Socket wrapper;
        private final WrappedSocket state;

        Watched(OutputStream own, Socket wrapper, WrappedSocket state) {
            this.own = own;
            this.wrapper = wrapper;
            this.state = state;
        }

        @Override
        public void write(int b) throws IOException {
            WrappedSocket before = begin();
            try {
                own.write(b);
            } finally {
                WRITING.set(before);
            }
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            WrappedSocket before = begin();
            try {
                own.write(bytes, offset, length);
            } finally {
                WRITING.set(before);
            }
        }

        private @Nullable WrappedSocket begin() {
            state.written = true;
            return enter();
        }

        /** A wrapper within another, that no client knows, carries what is meant for the server of that one. */
        private @Nullable WrappedSocket enter() {
            WrappedSocket before = WRITING.get();
            if (before == null || state.server != null) {
                WRITING.set(state);
            }
            return before;
        }

        @Override
        public void flush() throws IOException {
            WrappedSocket before = enter();
            try {
                own.flush();
            } finally {
                WRITING.set(before);
            }
            Target meant = state.server;
            if (state.written && !state.carried && state.demanded && meant != null) {
                try {
                    HttpGate.current().servers().strayed(wrapper, meant);
                } catch (RefusedException no) {
                    throw new SSLException(no.refusal().describe());
                }
            }
            state.written = false;
            state.carried = false;
        }

        @Override
        public void close() throws IOException {
            own.close();
        }
    }
}
