package io.sallyport.http.urlconnection;

import io.sallyport.core.verdict.RefusedException;
import io.sallyport.http.HttpGate;
import io.sallyport.http.HttpRefusals;
import io.sallyport.http.RequestUri;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** The socket that a URL connection writes its request to. */
final class UrlSocket {

    private UrlSocket() {}

    /** The connection whose request is being written. JDK types only, so that it keeps no agent alive. */
    private static final ThreadLocal<@Nullable Object> WRITING = new ThreadLocal<>();

    /** In its place while what is written is the request for a tunnel. */
    private static final Object TUNNEL = new Object();

    /** Where the client below is about to write a request: host, port, socket and whether that leads to a proxy. */
    private static final ThreadLocal<@Nullable Object @Nullable []> PLACE = new ThreadLocal<>();

    static void begin(Object connection) {
        WRITING.set(connection);
    }

    static void end() {
        WRITING.remove();
    }

    /** @return what {@link #tunnelled} has to be told */
    static @Nullable Object tunnels() {
        Object before = WRITING.get();
        WRITING.set(TUNNEL);
        return before;
    }

    static void tunnelled(@Nullable Object before) {
        if (before == null) {
            WRITING.remove();
        } else {
            WRITING.set(before);
        }
    }

    /**
     * A request is written next, whose head is judged by {@link #head}.
     *
     * @param host of the URL, also where the socket leads to a proxy
     * @param usingProxy whether it does
     */
    static void writing(String host, int port, @Nullable Socket socket, boolean usingProxy) {
        PLACE.set(new Object[] {host, port, socket, usingProxy});
    }

    static void written() {
        PLACE.remove();
    }

    /** A head is written: of a request, if its place is known. */
    static void head(@Nullable String[] names, @Nullable String[] values, int count) throws IOException {
        Object[] place = PLACE.get();
        if (place != null) {
            PLACE.remove();
            head((String) place[0], (int) place[1], (Socket) place[2], (boolean) place[3], names, values, count);
        }
    }

    private static void head(
            String host,
            int port,
            @Nullable Socket socket,
            boolean usingProxy,
            @Nullable String[] names,
            @Nullable String[] values,
            int count)
            throws IOException {
        Object writing = WRITING.get();
        // What the client below writes by itself, while its connection waits for an answer, is the request once more.
        Object connection = writing == TUNNEL ? null : writing == null ? Inside.connection() : writing;
        UrlCall call = connection == null ? null : UrlCall.of(connection);
        if (call != null) {
            call.written(names, values, count);
        }
        judge(host, port, socket, usingProxy, call);
        if (call != null) {
            call.sending();
        }
    }

    private static void judge(
            String host, int port, @Nullable Socket socket, boolean usingProxy, @Nullable UrlCall call)
            throws IOException {
        try {
            if (socket instanceof SSLSocket) {
                HttpGate.current().sending(RequestUri.of("https", host, port, "/"), socket);
                return;
            }
            if (usingProxy
                    && call != null
                    && socket != null
                    && socket.getRemoteSocketAddress() instanceof InetSocketAddress proxy) {
                call.goesThrough(proxy);
            }
            HttpGate.current().sending(RequestUri.of("http", host, port, "/"), socket);
        } catch (RefusedException no) {
            throw HttpRefusals.ofSockets(no.refusal());
        }
    }
}
