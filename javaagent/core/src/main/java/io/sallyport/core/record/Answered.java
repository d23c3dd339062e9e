package io.sallyport.core.record;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a call was answered, as far as its module knows it. Immutable.
 *
 * @param rows changed or read; -1 where unknown
 * @param facts about the answer that have no member of their own, for {@link Event#reason}: {@code status 200; sent 512 bytes}
 * @param tls protocol and cipher of the connection, where known
 * @param bytes see {@link Event#bytes}
 * @param cells see {@link Event#cells}
 * @param sample see {@link Event#sample}
 */
public record Answered(
        long rows,
        @Nullable String facts,
        @Nullable String tls,
        @Nullable Long bytes,
        @Nullable Map<String, Long> cells,
        @Nullable String sample) {}
