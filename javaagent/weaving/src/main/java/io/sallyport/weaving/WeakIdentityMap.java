package io.sallyport.weaving;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Weak keys compared by identity. Values must not reference their keys. Thread-safe. */
final class WeakIdentityMap {

    private final ConcurrentHashMap<Key, Object> map = new ConcurrentHashMap<>();
    private final ReferenceQueue<Object> cleared = new ReferenceQueue<>();

    @Nullable
    Object get(Object key) {
        return map.get(new Key(key, null));
    }

    void put(Object key, @Nullable Object value) {
        expunge();
        if (value == null) {
            map.remove(new Key(key, null));
        } else {
            map.put(new Key(key, cleared), value);
        }
    }

    private void expunge() {
        for (Object dead = cleared.poll(); dead != null; dead = cleared.poll()) {
            map.remove(dead);
        }
    }

    private static final class Key extends WeakReference<Object> {
        private final int hash;

        Key(Object referent, @Nullable ReferenceQueue<Object> queue) {
            super(referent, queue);
            hash = System.identityHashCode(referent);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object o) {
            if (this == o) {
                return true;
            }
            Object mine = get();
            return mine != null && o instanceof Key k && k.get() == mine;
        }
    }
}
