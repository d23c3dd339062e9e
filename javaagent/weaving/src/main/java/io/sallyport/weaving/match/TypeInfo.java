package io.sallyport.weaving.match;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/** A type. What it takes to answer is read when it is first asked for, and may be missing: {@link IllegalStateException}. Thread-safe. */
public abstract sealed class TypeInfo implements Named permits FileType, LoadedType, PlainType {

    private final String name;

    TypeInfo(String name) {
        this.name = name;
    }

    /** A class that is loaded already. */
    public static TypeInfo of(Class<?> loaded) {
        return new LoadedType(loaded);
    }

    /** As {@link Class#getName()} gives it. */
    @Override
    public final String name() {
        return name;
    }

    /** With slashes. */
    public final String internalName() {
        return name.replace('.', '/');
    }

    public abstract boolean isInterface();

    /** {@code null} for {@code Object} and what is no class. */
    public abstract @Nullable TypeInfo superclass();

    public abstract List<TypeInfo> interfaces();

    /** Declared methods and constructors, without the initializer of the class. */
    public abstract List<MethodInfo> methods();

    public abstract List<FieldInfo> fields();

    /** A type that occurs in a descriptor of this one. */
    abstract TypeInfo mentioned(Type type);

    /** Whether it is the named type or has it as a superclass or interface. */
    public final boolean isSubtypeOf(String typeName) {
        return hasSupertype(new Matchers.NameIs<>(typeName), new HashSet<>());
    }

    /** Whether that is true of the type itself or of one above it. */
    final boolean hasSupertype(Match<? super TypeInfo> wanted) {
        return hasSupertype(wanted, new HashSet<>());
    }

    /** Stops at the first that is found, so that what is missing elsewhere does not matter. */
    private boolean hasSupertype(Match<? super TypeInfo> wanted, Set<String> seen) {
        for (TypeInfo t = this; t != null && seen.add(t.name); t = t.superclass()) {
            if (wanted.matches(t)) {
                return true;
            }
            for (TypeInfo i : t.interfaces()) {
                if (i.hasSupertype(wanted, seen)) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public final boolean equals(@Nullable Object o) {
        return o instanceof TypeInfo other && other.name.equals(name);
    }

    @Override
    public final int hashCode() {
        return name.hashCode();
    }

    @Override
    public final String toString() {
        return name;
    }
}
