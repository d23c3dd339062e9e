package io.sallyport.core.hold;

import io.sallyport.core.command.Target;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Half of a target's open connections may be held, at least one: a held caller keeps its connection, and the other half must stay for
 * calls that need nobody's approval. Thread-safe.
 */
public final class OpenConnections implements HoldLimit {

    private final Map<String, Integer> byTarget = new ConcurrentHashMap<>();

    @Override
    public void opened(Target target) {
        byTarget.merge(target.url(), 1, Integer::sum);
    }

    @Override
    public void closed(Target target) {
        byTarget.computeIfPresent(target.url(), (url, open) -> open == 1 ? null : open - 1);
    }

    @Override
    public int allowed(Target target) {
        Integer open = byTarget.get(target.url());
        return open == null ? HoldLimit.DEFAULT.allowed(target) : Math.max(1, open / 2);
    }
}
