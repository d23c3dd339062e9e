package io.sallyport.link.spool;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import io.sallyport.core.record.Event;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Turns events into lines (see {@link SpoolRecord}) in one buffer that is used again and again. Not thread-safe.
 *
 * <p>The JSON generator lives as long as the writer and keeps its buffers to itself: nothing of the agent stays behind in the
 * thread-locals of the application's threads.
 */
final class RecordWriter {

    /** Longer details are cut, so that no record outgrows a frame of the channel. In characters. */
    static final int MAX_DETAIL = 32 * 1024;

    /** Longest line. In bytes. */
    static final int MAX_LINE = 512 * 1024;

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    /** Streaming only: data binding would load hundreds of classes before the application starts. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();

    private final MessageDigest digest = SpoolRecord.sha256();
    private final byte[] rawHash = new byte[SpoolRecord.HASH_LENGTH / 2];
    private final byte[] hash = new byte[SpoolRecord.HASH_LENGTH];
    private final Line line = new Line();
    private @Nullable JsonGenerator json;

    /**
     * Writes the line of one event; read it from {@link #bytes()} and {@link #length()} before the next call.
     *
     * @param previous hash of the record before, 64 ASCII digits
     * @throws IOException when the event has no JSON form or is too long
     */
    void write(long sequence, byte[] previous, Event event) throws IOException {
        line.length = 0;
        line.ascii(SpoolRecord.HEAD);
        line.decimal(sequence);
        line.ascii(SpoolRecord.PREVIOUS);
        line.write(previous, 0, previous.length);
        line.ascii(SpoolRecord.EVENT);
        json(shortened(event));
        hash();
        line.ascii(SpoolRecord.HASH);
        line.write(hash, 0, hash.length);
        line.ascii(SpoolRecord.TAIL);
        line.write('\n');
    }

    byte[] bytes() {
        return line.bytes;
    }

    int length() {
        return line.length;
    }

    /** Hash of the line just written, 64 ASCII digits; valid until the next one. */
    byte[] hashDigits() {
        return hash;
    }

    private void json(Event event) throws IOException {
        JsonGenerator generator = json;
        // A generator that failed half-way is of no more use; the field is set again only after success.
        json = null;
        if (generator == null) {
            generator = JSON.createGenerator((OutputStream) line);
            generator.setRootValueSeparator(null);
        }
        EventJson.write(event, generator);
        generator.flush();
        json = generator;
    }

    private void hash() throws IOException {
        digest.update(line.bytes, 0, line.length);
        try {
            digest.digest(rawHash, 0, rawHash.length);
        } catch (DigestException e) {
            throw new IOException(e);
        }
        for (int i = 0; i < rawHash.length; i++) {
            hash[2 * i] = HEX[(rawHash[i] >> 4) & 0xf];
            hash[2 * i + 1] = HEX[rawHash[i] & 0xf];
        }
    }

    private static Event shortened(Event e) {
        String detail = e.detail();
        if (detail == null || detail.length() <= MAX_DETAIL) {
            return e;
        }
        String cut = detail.substring(0, MAX_DETAIL) + "… (" + detail.length() + " characters)";
        return new Event(
                e.at(),
                e.type(),
                e.session(),
                e.call(),
                e.target(),
                e.summary(),
                cut,
                e.verdict(),
                e.rules(),
                e.wouldHave(),
                e.rows(),
                e.masked(),
                e.callSite(),
                e.thread(),
                e.ticket(),
                e.persons(),
                e.reason(),
                e.micros(),
                e.tls(),
                e.error());
    }

    /** The growing buffer; also the stream that the JSON generator writes to. */
    private static final class Line extends OutputStream {
        private byte[] bytes = new byte[4096];
        private int length;

        void ascii(String text) throws IOException {
            for (int i = 0; i < text.length(); i++) {
                write(text.charAt(i));
            }
        }

        void decimal(long value) throws IOException {
            if (value >= 10) {
                decimal(value / 10);
            }
            write((int) ('0' + value % 10));
        }

        @Override
        public void write(int b) throws IOException {
            ensure(1);
            bytes[length++] = (byte) b;
        }

        @Override
        public void write(byte[] source, int offset, int count) throws IOException {
            ensure(count);
            System.arraycopy(source, offset, bytes, length, count);
            length += count;
        }

        private void ensure(int more) throws IOException {
            if (length + more > bytes.length) {
                if (length + more > MAX_LINE) {
                    throw new IOException("event of more than " + MAX_LINE + " bytes");
                }
                bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
            }
        }
    }
}
