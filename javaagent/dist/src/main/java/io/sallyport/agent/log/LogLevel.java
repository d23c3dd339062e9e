package io.sallyport.agent.log;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/** What is written: everything from {@code threshold} upwards. */
record LogLevel(Level threshold) {

    /** Warnings and errors, unless the text names another SLF4J level. */
    static LogLevel of(@Nullable String text) {
        if (text != null) {
            for (Level l : Level.values()) {
                if (l.name().equals(text.strip().toUpperCase(Locale.ROOT))) {
                    return new LogLevel(l);
                }
            }
        }
        return new LogLevel(Level.WARN);
    }

    boolean shows(Level level) {
        return level.toInt() >= threshold.toInt();
    }
}
