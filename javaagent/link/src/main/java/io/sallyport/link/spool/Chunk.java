package io.sallyport.link.spool;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * A part of a lane's file, filled by one thread at a time and then read by the sealer. Not thread-safe; whoever has claimed the lane, or closed
 * the chunk, owns it.
 *
 * <pre>
 *    0  int   "SPL1"
 *    4  int   0
 *    8  long  round in which the chunk was begun
 *   16  long  base of its times, microseconds since 1970
 *   24  records, each at a multiple of four:
 *         int   length of number and body; 0: nothing, and nothing behind it
 *         int   CRC-32C of number and body
 *         long  number
 *         body  see {@link RecordEncoder}
 * </pre>
 */
final class Chunk {

    static final int HEADER = 24;
    static final int RECORD_HEAD = 8;

    private static final int MAGIC = 0x53504c31;
    private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final ByteBuffer memory;
    private final CRC32C crc = new CRC32C();
    private int end = HEADER;
    private int records;
    private long base;
    private long round;

    /** @param memory big-endian, from position 0 to its capacity, aligned to four bytes */
    Chunk(ByteBuffer memory) {
        this.memory = memory;
    }

    /** Empties the chunk. */
    void begin(long round, long base) {
        memory.putInt(HEADER, 0);
        memory.putInt(0, MAGIC);
        memory.putLong(8, round);
        memory.putLong(16, base);
        this.round = round;
        this.base = base;
        end = HEADER;
        records = 0;
    }

    /** Its records are sealed: nothing is in it. */
    void free() {
        INT.setRelease(memory, HEADER, 0);
        records = 0;
        end = HEADER;
    }

    /** Whether a record with that many bytes of number and body finds room. */
    boolean fits(int length) {
        return end + RECORD_HEAD + padded(length) + 4 <= memory.capacity();
    }

    /** Adds a record that fits; it survives a kill of the process from the last statement on. */
    void append(byte[] record, int length) {
        int at = end;
        int next = at + RECORD_HEAD + padded(length);
        crc.reset();
        crc.update(record, 0, length);
        memory.putInt(next, 0);
        memory.put(at + RECORD_HEAD, record, 0, length);
        memory.putInt(at + 4, (int) crc.getValue());
        INT.setRelease(memory, at, length);
        end = next;
        records++;
    }

    long round() {
        return round;
    }

    long base() {
        return base;
    }

    int records() {
        return records;
    }

    int capacity() {
        return memory.capacity();
    }

    /**
     * Takes over what a dead process left, up to the first record that is not whole.
     *
     * @return {@code false} when nothing is in it
     */
    boolean recover() {
        if (memory.getInt(0) != MAGIC) {
            return false;
        }
        round = memory.getLong(8);
        base = memory.getLong(16);
        end = HEADER;
        records = 0;
        byte[] record = new byte[256];
        while (end + RECORD_HEAD + 4 <= memory.capacity()) {
            int length = memory.getInt(end);
            if (length < 8 || !fits(length)) {
                break;
            }
            record = record.length < length ? new byte[length] : record;
            memory.get(end + RECORD_HEAD, record, 0, length);
            crc.reset();
            crc.update(record, 0, length);
            if ((int) crc.getValue() != memory.getInt(end + 4)) {
                break;
            }
            end += RECORD_HEAD + padded(length);
            records++;
        }
        return records > 0;
    }

    /** Copies the chunk as a run of a block, see {@link Block}. */
    void copyTo(Growing run) {
        run.int64(base);
        run.unsigned(records);
        long previous = 0;
        byte[] record = new byte[1024];
        int at = HEADER;
        for (int i = 0; i < records; i++) {
            int length = memory.getInt(at);
            record = record.length < length ? new byte[length] : record;
            memory.get(at + RECORD_HEAD, record, 0, length);
            long number = number(record);
            run.unsigned(length - RecordEncoder.HEAD);
            run.unsigned(number - previous);
            run.append(record, RecordEncoder.HEAD, length - RecordEncoder.HEAD);
            previous = number;
            at += RECORD_HEAD + padded(length);
        }
    }

    private static long number(byte[] record) {
        long number = 0;
        for (int i = 0; i < 8; i++) {
            number = number << 8 | record[i] & 0xff;
        }
        return number;
    }

    static void number(long number, byte[] record) {
        for (int i = 0; i < 8; i++) {
            record[i] = (byte) (number >>> 56 - 8 * i);
        }
    }

    private static int padded(int length) {
        return length + 3 & ~3;
    }
}
