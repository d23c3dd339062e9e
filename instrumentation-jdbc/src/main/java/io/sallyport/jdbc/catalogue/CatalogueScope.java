package io.sallyport.jdbc.catalogue;

import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.jdbc.state.ConnectionState;
import io.sallyport.jdbc.state.Frame;
import java.util.Set;

/** The frame inside of which the catalogue is read: exactly the reader's own texts pass. */
final class CatalogueScope extends Frame {

    private final ConnectionState connection;
    private final Set<String> statements;

    private CatalogueScope(ConnectionState connection, Set<String> statements) {
        this.connection = connection;
        this.statements = statements;
    }

    static CatalogueScope open(ConnectionState connection, Set<String> statements) {
        CatalogueScope scope = new CatalogueScope(connection, statements);
        connection.enter(scope);
        return scope;
    }

    void close() {
        connection.leave(this);
    }

    @Override
    public boolean covers(SqlAnalysis inner) {
        return false;
    }

    @Override
    public boolean isSame(SqlAnalysis inner) {
        return statements.contains(inner.sql());
    }
}
