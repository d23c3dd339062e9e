package io.sallyport.jdbc.mariadb;

import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** The socket of the connection that this thread opens. Version 2 keeps the one below TLS in its field and that of TLS nowhere. */
final class AssignedSocket {

    private static final ThreadLocal<Socket> LATEST = new ThreadLocal<>();

    private AssignedSocket() {}

    static void set(@Nullable Socket socket) {
        LATEST.set(socket);
    }

    /** Asked once for each connection. */
    static @Nullable Socket take() {
        Socket socket = LATEST.get();
        LATEST.remove();
        return socket;
    }
}
