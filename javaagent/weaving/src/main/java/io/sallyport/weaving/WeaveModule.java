package io.sallyport.weaving;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Support for one family of clients or drivers. Found by {@link java.util.ServiceLoader} in the agent loader. */
public interface WeaveModule {

    /** Short name, for coverage reports: {@code jdbc}, {@code jdk-http}. */
    String name();

    /** What callers of the woven methods handle already; thrown by a call site that cannot be linked. */
    Idiom idiom();

    /** A cheap test that every class to be woven passes; runs for each class that is loaded. */
    ClassFilter filter();

    List<WeavePoint> points();

    /**
     * Packages of this module that name types of the woven library. They are defined once per application loader, next to the
     * library; everything else of the module lives in the agent loader.
     */
    default Set<String> libraryPackages() {
        return Set.of();
    }

    /**
     * A public class with {@code public static boolean refused()}, which at start-up is defined, with the rest of its package, in
     * a loader of its own as if it were application code, and must report that its call was refused. {@code null} for none.
     */
    default @Nullable String canary() {
        return null;
    }

    /**
     * Names the library that a class belongs to, where a module weaves several: when one class of a library cannot be woven, no connection
     * of that library in the same loader counts as mediated any more.
     */
    default String library(String binaryName) {
        return "";
    }

    /** Whether classes of that name are proven against what they really talk to; otherwise they are reported as unproven. */
    default boolean proven(String binaryName) {
        return true;
    }

    /** A class of the canary's package that is woven, for {@link WeaveInstaller#rehearse}. {@code null} for none. */
    default @Nullable String rehearsal() {
        return null;
    }

    /** How a refusal looks to a woven method's callers. */
    enum Idiom {
        /** {@code SQLException}, SQLState 42501. */
        SQL("sql"),
        /** {@code IOException}. */
        IO("io"),
        /**
         * Never: the module watches and decides nothing, its advice returns nothing. A call site that cannot be linked does nothing,
         * and the coverage says so.
         */
        OBSERVE("observe");

        private final String argument;

        Idiom(String argument) {
            this.argument = argument;
        }

        String argument() {
            return argument;
        }
    }
}
