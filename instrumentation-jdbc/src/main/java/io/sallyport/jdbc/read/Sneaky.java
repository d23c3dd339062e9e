package io.sallyport.jdbc.read;

/** Throws what a getter's signature declares from where no signature can. */
final class Sneaky {

    private Sneaky() {}

    /** Never returns; the declared type lets callers write {@code throw}. */
    static RuntimeException raise(Throwable thrown) {
        return Sneaky.<RuntimeException>as(thrown);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> T as(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
