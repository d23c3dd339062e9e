package io.sallyport.weaving.write;

/** The fields that the code of a class can name without an owner: its own and those that it inherits. */
public interface Fields {

    /** A field's shape. */
    record Field(String descriptor, boolean isStatic) {}

    /** @throws IllegalStateException where there is none of that name */
    Field find(String name);

    /** Whether the objects carry their state in the injected field, which {@link #find} knows then. */
    default boolean haveState() {
        return false;
    }
}
