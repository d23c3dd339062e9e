package io.sallyport.agent.log;

import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** One line per message on stderr. */
final class AgentLogger extends LegacyAbstractLogger {

    private final transient LogLevel level;

    AgentLogger(String name, LogLevel level) {
        this.name = name;
        this.level = level;
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level at,
            @Nullable Marker marker,
            String pattern,
            Object @Nullable [] arguments,
            @Nullable Throwable thrown) {
        String text = MessageFormatter.basicArrayFormat(pattern, arguments);
        String shortName = name.substring(name.lastIndexOf('.') + 1);
        System.err.println("sallyport " + at.name().toLowerCase(java.util.Locale.ROOT) + " " + shortName + ": " + text);
        if (thrown != null) {
            if (level.shows(Level.DEBUG)) {
                thrown.printStackTrace();
            } else {
                System.err.println("  caused by " + thrown);
            }
        }
    }

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
        return null;
    }

    @Override
    public boolean isTraceEnabled() {
        return level.shows(Level.TRACE);
    }

    @Override
    public boolean isDebugEnabled() {
        return level.shows(Level.DEBUG);
    }

    @Override
    public boolean isInfoEnabled() {
        return level.shows(Level.INFO);
    }

    @Override
    public boolean isWarnEnabled() {
        return level.shows(Level.WARN);
    }

    @Override
    public boolean isErrorEnabled() {
        return level.shows(Level.ERROR);
    }
}
