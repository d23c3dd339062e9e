package io.sallyport.jdbc.catalogue;

import io.sallyport.core.command.ConnectCommand;
import io.sallyport.core.sql.Catalogue;
import io.sallyport.jdbc.Jdbc;
import io.sallyport.jdbc.state.ConnectionState;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Has the catalogue read on a new connection where that is due, before the application gets it.
 *
 * <p>All of it happens in one transaction that is rolled back, so that no setting stays and no snapshot is taken; the connection is
 * handed over with the auto-commit that the driver gave it. A catalogue that cannot be read fails no connection: what is not known
 * may hold anything then, and the masks close.
 */
public final class CatalogueAtConnect {

    /** Connection settings that begin a conversation which is none of statements, or do work in a transaction of their own. */
    private static final String[] ELSEWHERE = {"replication", "INIT"};

    private CatalogueAtConnect() {}

    /** {@code connection} was opened by the driver and has its state. */
    public static void prepare(Connection connection, ConnectionState state) {
        CatalogueReader reader = CatalogueReader.of(state.target().vendor());
        if (reader == null || !reader.isShared(state.target())) {
            return;
        }
        String user = namesOf(state.opened());
        boolean read = state.catalogue()
                .refresh(user, System.nanoTime(), () -> read(reader, connection, state), reader.unread());
        state.pathKnown(read && state.catalogue().isPathOf(user));
    }

    /** {@code state} is of a connection in use, on which nothing may be read. */
    public static void unread(ConnectionState state) {
        CatalogueReader reader = CatalogueReader.of(state.target().vendor());
        if (reader != null && reader.isShared(state.target())) {
            state.catalogue().assumeUnread(reader.unread());
        }
    }

    private static @Nullable Catalogue read(CatalogueReader reader, Connection connection, ConnectionState state) {
        if (isElsewhere(state.opened())) {
            return null;
        }
        CatalogueScope scope = CatalogueScope.open(state, reader.statements());
        try {
            return inTransaction(reader, connection);
        } catch (SQLException | RuntimeException failed) {
            Jdbc.current()
                    .gate()
                    .alarm("the catalogue of " + state.target().shown() + " could not be read (" + words(failed)
                            + "): until it is, what views, functions and unknown tables show is masked as if it could be"
                            + " any masked column");
            return null;
        } finally {
            scope.close();
        }
    }

    private static Catalogue inTransaction(CatalogueReader reader, Connection connection) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        if (autoCommit) {
            connection.setAutoCommit(false);
        }
        try {
            return reader.read(connection);
        } finally {
            connection.rollback();
            if (autoCommit) {
                connection.setAutoCommit(true);
            }
        }
    }

    private static boolean isElsewhere(ConnectCommand opened) {
        for (String setting : ELSEWHERE) {
            if (opened.settings().containsKey(setting)) {
                return true;
            }
        }
        return false;
    }

    /** Whoever has the same user and the same of these settings has the same search path. */
    private static String namesOf(ConnectCommand opened) {
        return opened.user()
                + '\n'
                + opened.settings().get("currentSchema")
                + '\n'
                + opened.settings().get("options")
                + '\n'
                + opened.settings().get("SCHEMA");
    }

    private static String words(Exception failed) {
        return failed instanceof SQLException sql
                ? "SQLState " + sql.getSQLState()
                : failed.getClass().getName();
    }
}
