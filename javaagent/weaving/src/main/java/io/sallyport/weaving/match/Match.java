package io.sallyport.weaving.match;

/** A question about a type or a method; see {@link Matchers}. */
public interface Match<T> {

    boolean matches(T target);

    default <U extends T> Match<U> and(Match<? super U> other) {
        return new Both<>(this, other);
    }

    default <U extends T> Match<U> or(Match<? super U> other) {
        return new Either<>(this, other);
    }

    // Classes, since a lambda that is first linked inside a transformation can recurse.

    /** Both are true. */
    record Both<U>(Match<? super U> one, Match<? super U> other) implements Match<U> {
        @Override
        public boolean matches(U target) {
            return one.matches(target) && other.matches(target);
        }
    }

    /** At least one is true. */
    record Either<U>(Match<? super U> one, Match<? super U> other) implements Match<U> {
        @Override
        public boolean matches(U target) {
            return one.matches(target) || other.matches(target);
        }
    }
}
