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
    /** The name before it. */
    private NameCache.@Nullable Name last;
    /** What came behind that one the last time. */
    private NameCache.@Nullable Name next;
    /** It turned out to be this one already. */
    private NameCache.@Nullable Name foreseen;

    JsonNames(BodyRules rules, ChunkRun run) {
        this.run = run;
        this.cache = new NameCache(rules, JsonCodec.INSTANCE);
    }

    /** Its content begins. */
    void begin(int at) {
        start = at;
        carried = false;
        foreseen = null;
        held.clear();
    }

    /**
     * Objects of one kind have their members in one order. So where the name came behind the last one before, it is compared and not searched for
     * its end: what was read as a name once, and a quote behind it, is the same name again.
     *
     * @return the index of its closing quote; negative where it is another name, or not here as a whole
     */
    int foresee(int from, int end) {
        NameCache.Name likely = next;
        if (likely == null || carried || from != start) {
            return -1;
        }
        byte[] bytes = run.bytes();
        int close = from + likely.raw().length;
        if (close >= end || bytes[close] != '"' || !likely.is(bytes, from)) {
            return -1;
        }
        foreseen = likely;
        return close;
    }

    /** It ends before {@code close}; {@code null} if it is too long. */
    NameCache.@Nullable Name end(int close) throws IOException {
        int from = carried ? run.start() : start;
        if (held.length() + close - from > FieldMask.LONGEST) {
            return null;
        }
        NameCache.Name name = foreseen;
        if (name != null) {
            last = name;
            next = cache.follower(name);
        } else if (carried) {
            held.add(run.bytes(), from, close);
            name = behindLast(cache.of(held.bytes(), 0, held.length()));
        } else {
            name = behindLast(cache.of(run.bytes(), start, close));
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

    private NameCache.Name behindLast(NameCache.Name name) {
        if (last != null) {
            cache.followed(last, name);
        }
        last = name;
        next = cache.follower(name);
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
