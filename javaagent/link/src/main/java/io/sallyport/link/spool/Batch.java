package io.sallyport.link.spool;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive records as an {@link io.sallyport.protocol.AgentMessage.Events} frame. The events' JSON is copied as it lies in the spool: what
 * was hashed is what is sent, and nothing is parsed on the way.
 *
 * @param spool identifier
 * @param first first sequence number
 * @param last last sequence number
 * @param frame UTF-8 JSON; whoever sends it releases it
 */
public record Batch(String spool, long first, long last, ByteBuf frame) {

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
        SpoolRecord record = reader.next(upTo);
        if (record == null) {
            return null;
        }
        long first = record.sequence();
        ByteBuf frame = Unpooled.buffer(4096);
        ascii(frame, "{\"type\":\"events\",\"spool\":\"");
        ascii(frame, spool);
        ascii(frame, "\",\"events\":[");
        int count = 0;
        long last = first;
        while (record != null) {
            ascii(frame, count == 0 ? "{\"sequence\":" : ",{\"sequence\":");
            ascii(frame, Long.toString(record.sequence()));
            ascii(frame, ",\"event\":");
            frame.writeBytes(record.event());
            ascii(frame, "}");
            last = record.sequence();
            count++;
            record = count < maxEvents && frame.readableBytes() < maxBytes ? reader.next(upTo) : null;
        }
        ascii(frame, "]}");
        return new Batch(spool, first, last, frame);
    }

    private static void ascii(ByteBuf frame, String text) {
        frame.writeCharSequence(text, StandardCharsets.US_ASCII);
    }
}
