package io.sallyport.weaving;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the transformer reported, by class name and loader. A class that nobody reported was not recognised by any module, which is
 * as bad as one that failed.
 */
final class WovenCoverage implements Coverage {

    private static final String UNKNOWN = "no instrumentation module recognised it";

    private static final String UNPROVEN = "woven by what the driver publishes, never proven against a live server";

    private final Map<Key, Entry> entries = new ConcurrentHashMap<>();
    /** Of each class that a module recognised. */
    private final Map<Key, Library> libraries = new ConcurrentHashMap<>();
    /** Those of them whose module decides nothing. */
    private final Set<Key> watched = ConcurrentHashMap.newKeySet();
    /** The first class of each that was refused, and why. */
    private final Map<Library, String> flaws = new ConcurrentHashMap<>();

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final List<Supplier<List<Entry>>> sources = new CopyOnWriteArrayList<>();
    private final ClassValue<String> reasons = new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> type) {
            Entry e = entry(type);
            return e == null ? UNKNOWN : isWoven(e) ? inherited(type) : e.reason();
        }
    };

    /** A class is no better than what it inherits: its superclasses were offered to the modules before it. */
    private String inherited(Class<?> type) {
        for (Class<?> c = type.getSuperclass(); c != null; c = c.getSuperclass()) {
            Entry e = entry(c);
            if (e != null && !isWoven(e)) {
                return "its superclass " + c.getName() + " " + e.reason();
            }
        }
        return "";
    }

    private @Nullable Entry entry(Class<?> type) {
        return entries.get(key(type));
    }

    private static Key key(Class<?> type) {
        return new Key(type.getName(), System.identityHashCode(type.getClassLoader()));
    }

    /** Loaders are told apart by identity hash: a weak notion, good enough for a report, and it keeps no application alive. */
    private record Key(String type, int loader) {

        // Written out: what a record generates is linked by invokedynamic, and keys are first compared inside a
        // transformer.
        @Override
        public boolean equals(@Nullable Object o) {
            return o instanceof Key k && k.loader == loader && k.type.equals(type);
        }

        @Override
        public int hashCode() {
            return type.hashCode() * 31 + loader;
        }
    }

    /** What stands or falls together: what one module weaves of one library in one loader. */
    private record Library(String module, int loader, String name) {

        static Library of(WeaveModule module, String type, @Nullable ClassLoader loader) {
            return new Library(module.name(), System.identityHashCode(loader), module.library(type));
        }

        // For the reason above.
        @Override
        public boolean equals(@Nullable Object o) {
            return o instanceof Library l && l.loader == loader && l.module.equals(module) && l.name.equals(name);
        }

        @Override
        public int hashCode() {
            return (module.hashCode() * 31 + name.hashCode()) * 31 + loader;
        }
    }

    /** @param note what operators should know of it, or nothing */
    void woven(WeaveModule module, String type, @Nullable ClassLoader loader, String note) {
        put(module, type, loader, new Entry(module.name(), type, State.WOVEN, note));
    }

    /** Woven from its published surface alone. */
    void unproven(WeaveModule module, String type, @Nullable ClassLoader loader) {
        put(module, type, loader, new Entry(module.name(), type, State.WOVEN_UNPROVEN, UNPROVEN));
    }

    void refused(WeaveModule module, String type, @Nullable ClassLoader loader, String reason) {
        flaws.putIfAbsent(Library.of(module, type, loader), type + " " + reason);
        put(module, type, loader, new Entry(module.name(), type, State.REFUSED, reason));
    }

    private void put(WeaveModule module, String type, @Nullable ClassLoader loader, Entry entry) {
        Key key = new Key(type, System.identityHashCode(loader));
        libraries.put(key, Library.of(module, type, loader));
        if (module.idiom() == WeaveModule.Idiom.OBSERVE) {
            watched.add(key);
        }
        put(key, entry);
    }

    /** A failure that belongs to a class of unknown loader. */
    void refused(String module, String type, String reason) {
        put(new Key(type, 0), new Entry(module, type, State.REFUSED, reason));
    }

    private static boolean isWoven(Entry e) {
        return e.state() == State.WOVEN || e.state() == State.WOVEN_UNPROVEN;
    }

    private void put(Key key, Entry entry) {
        // The first failure of a class stays: a later success for a namesake does not heal it.
        entries.merge(key, entry, (old, now) -> old.state() == State.REFUSED ? old : now);
        changed();
    }

    @Override
    public boolean isWoven(Class<?> type) {
        return reason(type).isEmpty();
    }

    @Override
    public boolean mediates(Class<?> type) {
        return !watched.contains(key(type)) && isWoven(type);
    }

    @Override
    public String reason(Class<?> type) {
        String reason = reasons.get(type);
        if (reason.equals(UNKNOWN)) {
            // Not kept: a class that was loaded before the agent may be asked about before it is woven.
            reasons.remove(type);
        }
        return reason;
    }

    @Override
    public @Nullable String flaw(Class<?> type) {
        Library library = flaws.isEmpty() ? null : libraries.get(key(type));
        return library == null ? null : flaws.get(library);
    }

    @Override
    public boolean isFlawless() {
        return flaws.isEmpty();
    }

    /** Whether a class of that module's was refused, in any loader. */
    boolean isFlawed(String module) {
        for (Library flawed : flaws.keySet()) {
            if (flawed.module.equals(module)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public List<Entry> entries() {
        List<Entry> all = new ArrayList<>(entries.values());
        for (Supplier<List<Entry>> s : sources) {
            all.addAll(s.get());
        }
        return all;
    }

    @Override
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    @Override
    public void include(Supplier<List<Entry>> source) {
        sources.add(source);
    }

    @Override
    public void changed() {
        for (Runnable l : listeners) {
            l.run();
        }
    }
}
