package io.sallyport.core.testing;

import io.sallyport.core.record.Event;
import io.sallyport.core.record.Event.Type;
import io.sallyport.core.record.EventSink;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/** A sink that keeps what it accepts; a test can make it refuse or break. */
public final class RecordedEvents implements EventSink {

    private final List<Event> events = Collections.synchronizedList(new ArrayList<>());
    private volatile Predicate<Event> accepts = event -> true;

    @Override
    public boolean append(Event event) {
        if (!accepts.test(event)) {
            return false;
        }
        events.add(event);
        return true;
    }

    @Override
    public byte[] valueKey() {
        return "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    }

    /** From now on keeps only what {@code accepts} says; it may throw. */
    public void accepting(Predicate<Event> accepts) {
        this.accepts = accepts;
    }

    public List<Event> all() {
        synchronized (events) {
            return List.copyOf(events);
        }
    }

    public List<Type> types() {
        return all().stream().map(Event::type).toList();
    }

    public List<Event> of(Type type) {
        return all().stream().filter(e -> e.type() == type).toList();
    }

    public Event only(Type type) {
        List<Event> found = of(type);
        if (found.size() != 1) {
            throw new AssertionError("expected one " + type + " event, found " + found.size() + " in " + types());
        }
        return found.get(0);
    }
}
