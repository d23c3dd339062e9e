package io.sallyport.link.spool;

import io.sallyport.core.record.Event;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the records of one run of a block, in order; the counterpart of {@link RecordEncoder}. Not thread-safe. */
final class RecordDecoder {

    private final Payload in;
    private final List<String> names = new ArrayList<>();
    private final long base;
    private final int end;
    private int left;
    private long number;

    /** Reads a run's head and leaves {@code in} behind the run. */
    RecordDecoder(Payload in) throws MalformedBlockException {
        base = in.int64();
        left = in.count();
        this.in = in.view();
        // Lengths are walked once here so that the next run can be found.
        for (int i = 0; i < left; i++) {
            int length = in.count();
            in.unsigned();
            in.skip(length);
        }
        end = in.position();
        step();
    }

    /** Number of the record that {@link #next} returns; {@code Long.MAX_VALUE} behind the last one. */
    long number() {
        return number;
    }

    private int bodyEnd;

    private void step() throws MalformedBlockException {
        if (left == 0) {
            number = Long.MAX_VALUE;
            return;
        }
        int length = in.count();
        number += in.unsigned();
        bodyEnd = in.position() + length;
        if (bodyEnd > end) {
            throw new MalformedBlockException("a record is longer than its run");
        }
    }

    Event next() throws MalformedBlockException {
        String type = text();
        long flags = in.unsigned();
        Instant at = Instant.EPOCH.plus(base + in.signed(), ChronoUnit.MICROS);
        String call = text();
        String session = text();
        String target = text();
        String summary = text();
        String detail = text();
        String thread = text();
        Event event = Event.builder(at, type(type))
                .session(session)
                .call(call)
                .target(target)
                .summary(summary)
                .detail(detail)
                .verdict(textIf(flags, RecordEncoder.VERDICT))
                .rules(listIf(flags, RecordEncoder.RULES))
                .wouldHave(textIf(flags, RecordEncoder.WOULD_HAVE))
                .rows(numberIf(flags, RecordEncoder.ROWS))
                .masked(listIf(flags, RecordEncoder.MASKED))
                .callSite(textIf(flags, RecordEncoder.CALL_SITE))
                .thread(thread)
                .ticket(textIf(flags, RecordEncoder.TICKET))
                .persons(listIf(flags, RecordEncoder.PERSONS))
                .reason(textIf(flags, RecordEncoder.REASON))
                .micros(numberIf(flags, RecordEncoder.MICROS))
                .tls(textIf(flags, RecordEncoder.TLS))
                .error(textIf(flags, RecordEncoder.ERROR))
                .values(textIf(flags, RecordEncoder.VALUES))
                .transaction(textIf(flags, RecordEncoder.TRANSACTION))
                .trace(textIf(flags, RecordEncoder.TRACE))
                .user(textIf(flags, RecordEncoder.USER))
                .bytes((flags & RecordEncoder.BYTES) == 0 ? null : (Long) in.signed())
                .cells(cellsIf(flags))
                .sample(textIf(flags, RecordEncoder.SAMPLE))
                .build();
        // Members that a later version has added stand at the end.
        in.position(bodyEnd);
        left--;
        step();
        return event;
    }

    private static Event.Type type(String name) throws MalformedBlockException {
        try {
            return Event.Type.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new MalformedBlockException("a record has the unknown type " + name);
        }
    }

    private @Nullable String textIf(long flags, int flag) throws MalformedBlockException {
        return (flags & flag) == 0 ? null : text();
    }

    private long numberIf(long flags, int flag) throws MalformedBlockException {
        return (flags & flag) == 0 ? -1 : in.signed();
    }

    private List<String> listIf(long flags, int flag) throws MalformedBlockException {
        if ((flags & flag) == 0) {
            return List.of();
        }
        int count = in.count();
        List<String> texts = new ArrayList<>(Math.min(count, 64));
        for (int i = 0; i < count; i++) {
            texts.add(text());
        }
        return List.copyOf(texts);
    }

    private @Nullable Map<String, Long> cellsIf(long flags) throws MalformedBlockException {
        if ((flags & RecordEncoder.CELLS) == 0) {
            return null;
        }
        Map<String, Long> cells = new LinkedHashMap<>();
        int count = in.count();
        for (int i = 0; i < count; i++) {
            cells.put(text(), in.unsigned());
        }
        return cells;
    }

    private String text() throws MalformedBlockException {
        long head = in.unsigned();
        int kind = (int) head & 3;
        long value = head >>> 2;
        if (kind == 1) {
            if (value >= names.size()) {
                throw new MalformedBlockException("a record refers to a text that is not there");
            }
            return names.get((int) value);
        }
        String text = in.utf8(value);
        if (kind == 2) {
            names.add(text);
        }
        return text;
    }

    /** Bytes that are read one after the other. */
    static final class Payload {
        private final byte[] bytes;
        private int at;

        Payload(byte[] bytes) {
            this.bytes = bytes;
        }

        /** The same bytes from the same position, with a position of its own. */
        Payload view() {
            Payload view = new Payload(bytes);
            view.at = at;
            return view;
        }

        int position() {
            return at;
        }

        void position(int position) {
            at = position;
        }

        void skip(int count) throws MalformedBlockException {
            require(count);
            at += count;
        }

        int octet() throws MalformedBlockException {
            require(1);
            return bytes[at++] & 0xff;
        }

        long int64() throws MalformedBlockException {
            long value = 0;
            for (int i = 0; i < 8; i++) {
                value = value << 8 | octet();
            }
            return value;
        }

        long unsigned() throws MalformedBlockException {
            long value = 0;
            for (int shift = 0; shift < 64; shift += 7) {
                int octet = octet();
                value |= (octet & 0x7fL) << shift;
                if (octet < 0x80) {
                    return value;
                }
            }
            throw new MalformedBlockException("a number is too long");
        }

        long signed() throws MalformedBlockException {
            long value = unsigned();
            return value >>> 1 ^ -(value & 1);
        }

        /** A number that cannot be more than there are bytes. */
        int count() throws MalformedBlockException {
            long value = unsigned();
            if (value < 0 || value > bytes.length) {
                throw new MalformedBlockException("a length does not fit");
            }
            return (int) value;
        }

        String utf8(long length) throws MalformedBlockException {
            if (length > bytes.length) {
                throw new MalformedBlockException("a text is longer than its block");
            }
            require((int) length);
            String text = new String(bytes, at, (int) length, StandardCharsets.UTF_8);
            at += (int) length;
            return text;
        }

        private void require(int count) throws MalformedBlockException {
            if (count < 0 || bytes.length - at < count) {
                throw new MalformedBlockException("it is cut off");
            }
        }
    }
}
