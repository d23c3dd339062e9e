package io.sallyport.weaving.write;

import org.jspecify.annotations.Nullable;

/**
 * An advice class: at most one method before and one after.
 *
 * @param name binary name
 */
public record AdviceClass(
        String name, @Nullable AdviceMethod enter, @Nullable AdviceMethod exit) {

    /**
     * Number of the parameter whose value the named method would return to leave everything as it is; negative where its type's default does
     * that.
     */
    public int unchanged(String method) {
        return exit == null || !exit.name().equals(method) || exit.keepOnDefault()
                ? -1
                : exit.parameters().indexOf(new AdviceMethod.Return());
    }
}
