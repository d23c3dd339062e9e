package io.sallyport.core.policy.shape;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Statement shapes by the place in the code that sends them: an application has a few hundred such pairs, and one that was never seen
 * is either a new release or somebody else's statement. Learns until the learning period of the rule that asks is over. Thread-safe;
 * bounded: a full book learns no more, and is no longer {@link #isWhole}. No pair makes room for another, since whoever sends enough statements could make
 * the book forget the application's own.
 *
 * <p>Kept as lines: {@code started INSTANT}, {@code full} where it is not whole, then {@code KEY COUNT FINGERPRINT SITE} for each pair, where KEY is a digest
 * of target, site and fingerprint. A later line of the same key replaces an earlier one.
 */
public final class ShapeBook {
    static final int MOST = 20_000;
    private static final String STARTED = "started ";
    private static final String FULL = "full";

    private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();
    private final ShapeStore store;
    private volatile @Nullable Instant started;
    private volatile boolean full;

    private record Entry(String fingerprint, String site, AtomicLong count) {
        String line(String key) {
            return key + " " + count.get() + " " + fingerprint + " " + site;
        }
    }

    public ShapeBook(ShapeStore store) {
        this.store = store;
        store.lines().forEach(this::read);
    }

    /** A book for policies that decide nothing, and for tests. */
    public static ShapeBook empty() {
        return new ShapeBook(ShapeStore.NOWHERE);
    }

    private void read(String line) {
        try {
            if (line.startsWith(STARTED)) {
                started = Instant.parse(line.substring(STARTED.length()).strip());
                return;
            }
            String[] parts = line.split(" ", 4);
            if (line.strip().equals(FULL) || parts.length == 4 && isFull(parts[0])) {
                full = true;
            } else if (parts.length == 4) {
                entries.put(parts[0], new Entry(parts[2], parts[3], new AtomicLong(Long.parseLong(parts[1]))));
            }
        } catch (DateTimeException | NumberFormatException damaged) {
            // A line that was cut off is a shape that is not known.
        }
    }

    /**
     * Notes a call.
     *
     * @param site class and method that make it, without a line, since lines move; empty where unknown
     * @param learning how long after the book was begun unknown pairs are learnt
     * @return whether the pair is new, and the time for learning is over
     */
    public boolean isNew(String target, String site, String fingerprint, Instant now, Duration learning) {
        String key = key(target, site, fingerprint);
        Entry known = entries.get(key);
        if (known != null) {
            known.count().incrementAndGet();
            return false;
        }
        if (now.isAfter(begun(now).plus(learning))) {
            return true;
        }
        if (isFull(key)) {
            overflow();
            return false;
        }
        Entry made = new Entry(fingerprint, site.isEmpty() ? "-" : site, new AtomicLong(1));
        if (entries.putIfAbsent(key, made) == null) {
            store.append(made.line(key));
        }
        return false;
    }

    private boolean isFull(String key) {
        return entries.size() >= MOST && !entries.containsKey(key);
    }

    private synchronized void overflow() {
        if (!full) {
            full = true;
            store.append(FULL);
        }
    }

    /** Whether all that was seen while it learnt is in the book. If not, {@link #isNew} says no more than that the pair is not among those that are. */
    public boolean isWhole() {
        return !full;
    }

    private Instant begun(Instant now) {
        Instant known = started;
        return known == null ? begin(now) : known;
    }

    private synchronized Instant begin(Instant now) {
        Instant known = started;
        if (known == null) {
            known = now;
            started = now;
            store.append(STARTED + now);
        }
        return known;
    }

    /** How often the pair was seen. */
    public long count(String target, String site, String fingerprint) {
        Entry known = entries.get(key(target, site, fingerprint));
        return known == null ? 0 : known.count().get();
    }

    /** Keeps the counts; at shutdown. */
    public void save() {
        Instant known = started;
        if (known == null) {
            return;
        }
        List<String> lines = new ArrayList<>();
        lines.add(STARTED + known);
        if (full) {
            lines.add(FULL);
        }
        entries.forEach((key, entry) -> lines.add(entry.line(key)));
        store.replace(lines);
    }

    private static String key(String target, String site, String fingerprint) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((target + '\n' + site + '\n' + fingerprint).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 12).toLowerCase(Locale.ROOT);
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }
}
