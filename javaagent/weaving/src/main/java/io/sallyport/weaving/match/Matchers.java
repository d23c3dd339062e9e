package io.sallyport.weaving.match;

import java.util.List;
import java.util.Set;
import net.bytebuddy.jar.asm.Type;

/** What can be asked of types and methods. Each answer is immutable and thread-safe. */
public final class Matchers {

    // Classes, since a lambda that is first linked inside a transformation can recurse.

    record NameIs<T extends Named>(String name) implements Match<T> {
        @Override
        public boolean matches(T target) {
            return target.name().equals(name);
        }
    }

    private record NameIn<T extends Named>(Set<String> names) implements Match<T> {
        @Override
        public boolean matches(T target) {
            return names.contains(target.name());
        }
    }

    private record NameStarts<T extends Named>(String start) implements Match<T> {
        @Override
        public boolean matches(T target) {
            return target.name().startsWith(start);
        }
    }

    private record NameEnds<T extends Named>(String end) implements Match<T> {
        @Override
        public boolean matches(T target) {
            return target.name().endsWith(end);
        }
    }

    private record NameContains<T extends Named>(String part) implements Match<T> {
        @Override
        public boolean matches(T target) {
            return target.name().contains(part);
        }
    }

    private record Not<T>(Match<? super T> other) implements Match<T> {
        @Override
        public boolean matches(T target) {
            return !other.matches(target);
        }
    }

    private record HasSupertype(Match<? super TypeInfo> wanted) implements Match<TypeInfo> {
        @Override
        public boolean matches(TypeInfo target) {
            return target.hasSupertype(wanted);
        }
    }

    private record TakesCount(int count) implements Match<MethodInfo> {
        @Override
        public boolean matches(MethodInfo target) {
            return target.parameterCount() == count;
        }
    }

    private record Takes(int index, String descriptor) implements Match<MethodInfo> {
        @Override
        public boolean matches(MethodInfo target) {
            return index < target.parameterCount()
                    && target.parameterDescriptor(index).equals(descriptor);
        }
    }

    private record TakesMatching(int index, Match<? super TypeInfo> wanted) implements Match<MethodInfo> {
        @Override
        public boolean matches(MethodInfo target) {
            return index < target.parameterCount() && wanted.matches(target.parameterType(index));
        }
    }

    private record TakesAll(List<String> descriptors) implements Match<MethodInfo> {
        @Override
        public boolean matches(MethodInfo target) {
            if (target.parameterCount() != descriptors.size()) {
                return false;
            }
            for (int i = 0; i < descriptors.size(); i++) {
                if (!target.parameterDescriptor(i).equals(descriptors.get(i))) {
                    return false;
                }
            }
            return true;
        }
    }

    private record Returns(Match<? super TypeInfo> wanted) implements Match<MethodInfo> {
        @Override
        public boolean matches(MethodInfo target) {
            return wanted.matches(target.returnType());
        }
    }

    private enum Kind implements Match<MethodInfo> {
        PUBLIC {
            @Override
            public boolean matches(MethodInfo target) {
                return target.isPublic();
            }
        },
        STATIC {
            @Override
            public boolean matches(MethodInfo target) {
                return target.isStatic();
            }
        },
        ANY {
            @Override
            public boolean matches(MethodInfo target) {
                return true;
            }
        }
    }

    private enum Interface implements Match<TypeInfo> {
        IS;

        @Override
        public boolean matches(TypeInfo target) {
            return target.isInterface();
        }
    }

    private Matchers() {}

    public static <T extends Named> Match<T> named(String name) {
        return new NameIs<>(name);
    }

    public static <T extends Named> Match<T> namedOneOf(String... names) {
        return new NameIn<>(Set.of(names));
    }

    public static <T extends Named> Match<T> nameStartsWith(String start) {
        return new NameStarts<>(start);
    }

    public static <T extends Named> Match<T> nameEndsWith(String end) {
        return new NameEnds<>(end);
    }

    public static <T extends Named> Match<T> nameContains(String part) {
        return new NameContains<>(part);
    }

    public static <T> Match<T> not(Match<? super T> other) {
        return new Not<>(other);
    }

    public static Match<TypeInfo> isInterface() {
        return Interface.IS;
    }

    /** Of the type itself or one above it. */
    public static Match<TypeInfo> hasSuperType(Match<? super TypeInfo> wanted) {
        return new HasSupertype(wanted);
    }

    public static Match<MethodInfo> any() {
        return Kind.ANY;
    }

    public static Match<MethodInfo> isPublic() {
        return Kind.PUBLIC;
    }

    public static Match<MethodInfo> isStatic() {
        return Kind.STATIC;
    }

    public static Match<MethodInfo> takesNoArguments() {
        return takesArguments(0);
    }

    public static Match<MethodInfo> takesArguments(int count) {
        return new TakesCount(count);
    }

    /** Exactly these. */
    public static Match<MethodInfo> takesArguments(Class<?>... types) {
        String[] descriptors = new String[types.length];
        for (int i = 0; i < types.length; i++) {
            descriptors[i] = Type.getDescriptor(types[i]);
        }
        return new TakesAll(List.of(descriptors));
    }

    /** At that place, counted from 0, and perhaps more. */
    public static Match<MethodInfo> takesArgument(int index, Class<?> type) {
        return new Takes(index, Type.getDescriptor(type));
    }

    public static Match<MethodInfo> takesArgument(int index, Match<? super TypeInfo> type) {
        return new TakesMatching(index, type);
    }

    public static Match<MethodInfo> returns(Match<? super TypeInfo> type) {
        return new Returns(type);
    }
}
