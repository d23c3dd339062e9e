package io.sallyport.sockets;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Counts by key, for at most so many keys; what comes after is counted without its key. Thread-safe. */
final class BoundedCounts<K> {

    private final int limit;
    private final Map<K, AtomicLong> counts = new ConcurrentHashMap<>();
    private final AtomicInteger free;
    private final AtomicLong surplus = new AtomicLong();

    BoundedCounts(int limit) {
        this.limit = limit;
        this.free = new AtomicInteger(limit);
    }

    /** @return the new count of the key, or of the surplus */
    long add(K key) {
        return of(key).incrementAndGet();
    }

    /** The count of the key, or the surplus. */
    AtomicLong of(K key) {
        AtomicLong count = counts.get(key);
        return count != null ? count : reserve() ? enter(key) : surplus;
    }

    private boolean reserve() {
        if (free.get() <= 0) {
            return false;
        }
        if (free.decrementAndGet() >= 0) {
            return true;
        }
        free.incrementAndGet();
        return false;
    }

    private AtomicLong enter(K key) {
        AtomicLong mine = new AtomicLong();
        AtomicLong other = counts.putIfAbsent(key, mine);
        if (other == null) {
            return mine;
        }
        free.incrementAndGet();
        return other;
    }

    int limit() {
        return limit;
    }

    long surplus() {
        return surplus.get();
    }

    /** A live view. */
    Map<K, AtomicLong> counts() {
        return counts;
    }
}
