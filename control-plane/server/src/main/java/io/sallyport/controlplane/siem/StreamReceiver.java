package io.sallyport.controlplane.siem;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;

/** Where a stream goes. Used by one thread. */
interface StreamReceiver extends AutoCloseable {

    /**
     * Sends events that are mapped already.
     *
     * @throws Rejected when it is these events that the receiver does not take
     * @throws IOException when they were not taken as a whole; they are sent again
     */
    void send(List<ObjectNode> events) throws IOException;

    @Override
    void close();
}
