package io.sallyport.weaving.write;

import org.jspecify.annotations.Nullable;

/**
 * An advice class: at most one method before and one after.
 *
 * @param name binary name
 */
public record AdviceClass(
        String name, @Nullable AdviceMethod enter, @Nullable AdviceMethod exit) {}
