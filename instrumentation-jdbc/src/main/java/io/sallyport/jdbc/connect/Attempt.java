package io.sallyport.jdbc.connect;

import io.sallyport.core.command.ConnectCommand;
import io.sallyport.core.verdict.Passage;
import io.sallyport.jdbc.Jdbc;
import io.sallyport.jdbc.state.ConnectionState;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One connection that is being opened, from the verdict to the driver's return. */
final class Attempt {

    private final String id;
    private final String url;
    private final ConnectCommand command;
    private final Passage passage;
    private final ConnectionState state;
    private final List<Connection> physical = new ArrayList<>();
    private final Sight sight;
    private final @Nullable Object opener;
    private boolean contained;
    private volatile @Nullable Socket verified;
    private volatile boolean shaken;
    private volatile boolean fresh;
    private volatile @Nullable SQLException refusal;

    /** How it is seen what a connection really is. */
    enum Sight {
        /** On its socket, before the driver sends credentials. */
        SOCKET,
        /** When the driver's handshake is complete, which is before it sends anything. */
        HANDSHAKE,
        /** The driver was told to speak no TLS, and that was judged before it connected. */
        NONE
    }

    /** @param opener the driver, or another object of it, that opens; {@code null} where it is not known */
    Attempt(String id, String url, ConnectCommand command, Passage passage, Sight sight, @Nullable Object opener) {
        this(
                id,
                url,
                command,
                passage,
                new ConnectionState(command, Jdbc.current().catalogues().of(command.target())),
                sight,
                opener);
    }

    /** @param state of the connection that is opened again */
    Attempt(
            String id,
            String url,
            ConnectCommand command,
            Passage passage,
            ConnectionState state,
            Sight sight,
            @Nullable Object opener) {
        this.opener = opener;
        this.id = id;
        this.url = url;
        this.command = command;
        this.passage = passage;
        this.state = state;
        this.sight = sight;
    }

    /** Whether an object is of the driver that opens, as far as that is known: what an application's own driver makes of another's is none of it. */
    boolean isOf(Object code) {
        return opener == null || DriverCode.isOf(opener, code.getClass());
    }

    /** Unguessable: it travels through the driver's properties to the thread that connects. */
    String id() {
        return id;
    }

    String url() {
        return url;
    }

    ConnectCommand command() {
        return command;
    }

    Passage passage() {
        return passage;
    }

    ConnectionState state() {
        return state;
    }

    /** Another connection was opened inside this attempt, as wrapping drivers do. */
    void contains() {
        contained = true;
    }

    boolean contained() {
        return contained;
    }

    /** The driver opened one of possibly several connections that it will use in turn. */
    void opened(Connection one) {
        physical.add(one);
    }

    List<Connection> physical() {
        return physical;
    }

    /** The socket was seen, and is what the policy demands. */
    void verified(Socket socket) {
        verified = socket;
    }

    /** The driver shook hands, and what came of it is what the policy demands. */
    void shaken() {
        shaken = true;
        fresh = true;
    }

    /** Whether that happened since this was last asked: a driver that goes on to another host has to shake hands with that one too. */
    boolean takeShaken() {
        boolean was = fresh;
        fresh = false;
        return was;
    }

    boolean isVerified() {
        return verified != null || shaken;
    }

    Sight sight() {
        return sight;
    }

    /** The same for one socket: a driver that tries several hosts opens several. */
    boolean isVerified(Socket socket) {
        return verified == socket;
    }

    /** The socket was seen and refused; drivers wrap what is thrown inside them. */
    void refused(SQLException why) {
        refusal = why;
    }

    @Nullable
    SQLException refusal() {
        return refusal;
    }
}
