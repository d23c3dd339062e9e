package io.sallyport.jdbc.read;

import io.sallyport.jdbc.connect.Connections;
import io.sallyport.jdbc.state.ConnectionState;

/**
 * Values on their way to a class of the application's that a driver builds an object of (pgjdbc's {@code addDataType}). The class
 * would see a masked value before any mask, so it gets none, and the getter answers NULL, as it does for all objects of which no
 * masked one can be made.
 */
public final class HiddenObjects {

    private HiddenObjects() {}

    /** Whether this thread is inside a getter of {@code connection} that masks what it returns. */
    public static boolean hide(Object connection) {
        ConnectionState state = Connections.known(connection);
        return state != null && state.reading() instanceof ColumnReader reader && reader.hide();
    }
}
