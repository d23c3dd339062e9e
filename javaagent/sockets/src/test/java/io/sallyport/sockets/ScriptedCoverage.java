package io.sallyport.sockets;

import io.sallyport.weaving.Coverage;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The installer's coverage, to which a test can add woven classes, and which it can break. */
final class ScriptedCoverage implements Coverage {

    final Set<String> woven = ConcurrentHashMap.newKeySet();
    final AtomicInteger changes = new AtomicInteger();
    /** Classes of libraries that are woven in part. */
    final Set<String> flawed = ConcurrentHashMap.newKeySet();

    volatile boolean broken;
    private final Coverage real;

    ScriptedCoverage(Coverage real) {
        this.real = real;
    }

    @Override
    public boolean isWoven(Class<?> type) {
        if (broken) {
            throw new IllegalStateException("broken on purpose");
        }
        return woven.contains(type.getName()) || real.isWoven(type);
    }

    @Override
    public String reason(Class<?> type) {
        return real.reason(type);
    }

    @Override
    public @Nullable String flaw(Class<?> type) {
        return flawed.contains(type.getName()) ? "com.acme.Client cannot be woven" : real.flaw(type);
    }

    @Override
    public boolean isFlawless() {
        return flawed.isEmpty() && real.isFlawless();
    }

    @Override
    public List<Entry> entries() {
        return real.entries();
    }

    @Override
    public void onChange(Runnable listener) {
        real.onChange(listener);
    }

    @Override
    public void include(Supplier<List<Entry>> source) {
        real.include(source);
    }

    @Override
    public void changed() {
        changes.incrementAndGet();
        real.changed();
    }
}
