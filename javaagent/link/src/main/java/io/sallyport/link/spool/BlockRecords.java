package io.sallyport.link.spool;

import io.sallyport.core.record.Event;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The records of one block in the order of their numbers, merged from its runs one at a time. Not thread-safe. */
final class BlockRecords {

    private final List<RecordDecoder> runs = new ArrayList<>();
    private long sequence;

    /** @param payload see {@link Block} */
    BlockRecords(byte[] payload, long first) throws MalformedBlockException {
        RecordDecoder.Payload in = new RecordDecoder.Payload(payload);
        if (in.octet() != 1) {
            throw new MalformedBlockException("it was written by a later version");
        }
        int count = in.count();
        for (int i = 0; i < count; i++) {
            runs.add(new RecordDecoder(in));
        }
        sequence = first;
    }

    /** @return {@code null} behind the last one */
    @Nullable
    SpooledEvent next() throws MalformedBlockException {
        RecordDecoder least = null;
        for (RecordDecoder run : runs) {
            if (run.number() != Long.MAX_VALUE && (least == null || run.number() < least.number())) {
                least = run;
            }
        }
        if (least == null) {
            return null;
        }
        Event event = least.next();
        return new SpooledEvent(sequence++, event);
    }
}
