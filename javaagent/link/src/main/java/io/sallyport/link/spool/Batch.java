package io.sallyport.link.spool;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufOutputStream;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive records as an {@link io.sallyport.protocol.AgentMessage.Events} frame.
 *
 * @param spool identifier
 * @param first first sequence number
 * @param last last sequence number
 * @param frame UTF-8 JSON; whoever sends it releases it
 */
public record Batch(String spool, long first, long last, ByteBuf frame) {

    /** Streaming only, with buffers of its own: nothing stays behind in thread-locals. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
            .build();

    /**
     * Reads the next records.
     *
     * @param upTo last sequence number that may be read
     * @param maxEvents most records in one batch
     * @param maxBytes no further record is added behind this size; one record may exceed it
     * @return {@code null} when there is no record
     */
    public static @Nullable Batch read(SpoolReader reader, String spool, long upTo, int maxEvents, int maxBytes)
            throws IOException {
        SpooledEvent record = reader.next(upTo);
        if (record == null) {
            return null;
        }
        long first = record.sequence();
        long last = first;
        ByteBuf frame = Unpooled.buffer(4096);
        try (ByteBufOutputStream out = new ByteBufOutputStream(frame);
                JsonGenerator json = JSON.createGenerator((OutputStream) out)) {
            json.writeStartObject();
            json.writeStringField("type", "events");
            json.writeStringField("spool", spool);
            json.writeArrayFieldStart("events");
            for (int count = 1; record != null; count++) {
                json.writeStartObject();
                json.writeNumberField("sequence", record.sequence());
                json.writeFieldName("event");
                EventJson.write(record.event(), json);
                json.writeEndObject();
                json.flush();
                last = record.sequence();
                record = count < maxEvents && frame.readableBytes() < maxBytes ? whole(reader, upTo) : null;
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return new Batch(spool, first, last, frame);
    }

    /** Before a record that is damaged the batch ends: the reader says it again when it is asked next. */
    private static @Nullable SpooledEvent whole(SpoolReader reader, long upTo) throws IOException {
        try {
            return reader.next(upTo);
        } catch (DamagedSpoolException e) {
            return null;
        }
    }
}
