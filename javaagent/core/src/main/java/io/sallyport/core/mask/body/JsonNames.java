package io.sallyport.core.mask.body;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The member name that is being read; it leaves as it came but for what detectors find in it. Not thread-safe. */
final class JsonNames {
    static final String TOO_LONG = "a member name longer than " + FieldMask.LONGEST + " bytes";

    private final ChunkRun run;
    private final NameCache cache;
    private final Held held = new Held();
    private int start;
    /** The name began in an earlier chunk. */
    private boolean carried;

    JsonNames(BodyRules rules, ChunkRun run) {
        this.run = run;
        this.cache = new NameCache(rules, JsonCodec.INSTANCE);
    }

    /** Its content begins. */
    void begin(int at) {
        start = at;
        carried = false;
        held.clear();
    }

    /** It ends before {@code close}; {@code null} if it is too long. */
    NameCache.@Nullable Name end(int close) throws IOException {
        int from = carried ? run.start() : start;
        if (held.length() + close - from > FieldMask.LONGEST) {
            return null;
        }
        NameCache.Name name;
        if (carried) {
            held.add(run.bytes(), from, close);
            name = cache.of(held.bytes(), 0, held.length());
        } else {
            name = cache.of(run.bytes(), start, close);
        }
        byte[] masked = name.masked();
        if (masked != null) {
            run.flush(from);
            run.out().write(masked);
            run.replaced(close);
        } else if (carried) {
            run.out().write(name.raw());
            run.passed(close);
        }
        return name;
    }

    /** The chunk ends inside it; {@code false} if it is too long. */
    boolean suspend(int end) throws IOException {
        if (!carried) {
            run.flush(start);
        }
        held.add(run.bytes(), carried ? run.start() : start, end);
        carried = true;
        return held.length() <= FieldMask.LONGEST;
    }
}
