package io.sallyport.core.verdict;

import java.util.HashMap;
import java.util.Map;

/** Rows that the statements of one transaction changed, for each rule that counts them. Thread-safe; a connection has one. */
public final class TransactionTally {
    private final Map<String, Long> byRule = new HashMap<>();

    /** @return the rule's sum with {@code rows} added */
    public synchronized long add(String rule, long rows) {
        return byRule.merge(rule, rows, Long::sum);
    }

    /** The transaction ended. */
    public synchronized void clear() {
        byRule.clear();
    }
}
