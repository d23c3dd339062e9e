package io.sallyport.weaving;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Which classes are woven and which are not, and why. Thread-safe. */
public interface Coverage {

    /** Whether calls on objects of this class reach the core; cached per class. */
    boolean isWoven(Class<?> type);

    /** Whether a class is woven by a module that decides what its objects do, so that it vouches for what they connect to. */
    default boolean mediates(Class<?> type) {
        return isWoven(type);
    }

    /** Why a class is not woven, in words for operators; the empty string for one that is. */
    String reason(Class<?> type);

    /**
     * Why the library of a class is not woven as a whole, in words for operators: which of its classes was refused. {@code null} where
     * all were woven so far, and for a class that no module recognised. A library that is woven in part may reach its target past the
     * part that decides.
     */
    default @Nullable String flaw(Class<?> type) {
        return null;
    }

    /** Whether there is no such library. */
    default boolean isFlawless() {
        return true;
    }

    /** Everything known so far, for reports. */
    List<Entry> entries();

    /** Called on each new entry, from any thread. */
    void onChange(Runnable listener);

    /**
     * Adds entries that somebody else keeps: {@link #entries()} asks {@code source} each time, from any thread. For what is learnt
     * at run time and changes, such as counts.
     */
    void include(Supplier<List<Entry>> source);

    /** Tells the listeners that an included source has something new. */
    void changed();

    /** @param reason for a woven class a note, mostly empty: what is kept elsewhere because it was loaded before the agent */
    record Entry(String module, String type, State state, String reason) {}

    /** What happened to a class that a module wants to weave. */
    enum State {
        WOVEN,
        /** Woven from its published surface, never proven against a live server. */
        WOVEN_UNPROVEN,
        REFUSED,
        /** Not a class to be woven but one that opened connections which no module mediates. */
        UNMEDIATED,
        /** Not a class but a governed target, by host and port: how many of its connections were mediated and how many not. */
        TARGET
    }
}
