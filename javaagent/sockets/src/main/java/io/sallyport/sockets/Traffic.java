package io.sallyport.sockets;

import java.io.FileDescriptor;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Counts the bytes of watched sockets. Until the first is watched, a transfer costs the read of one field. Thread-safe; keeps no socket
 * alive.
 */
final class Traffic {

    private final Map<Key, AtomicLong> watched = new ConcurrentHashMap<>();
    private final ReferenceQueue<FileDescriptor> gone = new ReferenceQueue<>();
    private volatile boolean watching;

    /** Adds what goes through {@code socket} to {@code total} from now on. */
    void watch(FileDescriptor socket, AtomicLong total) {
        for (Reference<?> dead = gone.poll(); dead != null; dead = gone.poll()) {
            watched.remove(dead);
        }
        watched.put(new Key(socket, gone), total);
        watching = true;
    }

    /** @param count what the system call answered: an {@code int} or {@code long}; negative where nothing moved */
    void moved(@Nullable FileDescriptor socket, Object count) {
        if (!watching || socket == null) {
            return;
        }
        AtomicLong total = watched.get(new Key(socket, null));
        if (total != null) {
            total.addAndGet(Math.max(0, ((Number) count).longValue()));
        }
    }

    /** Descriptors are compared by identity: a number is used again by another socket. */
    private static final class Key extends WeakReference<FileDescriptor> {
        private final int hash;

        Key(FileDescriptor socket, @Nullable ReferenceQueue<FileDescriptor> queue) {
            super(socket, queue);
            hash = System.identityHashCode(socket);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            FileDescriptor mine = get();
            return this == other || (mine != null && other instanceof Key key && key.get() == mine);
        }
    }
}
