package io.sallyport.core.command;

/** A bound parameter whose content lies elsewhere or can be read once only, and whose beginning is known all the same. As thread-safe as what it stands for. */
public interface ParameterHead {

    /** Most characters or bytes of the beginning. */
    int MOST = 512;

    /** The beginning, read ahead where the driver has not come so far: a {@code String} or a {@code byte[]}; anything else where it cannot be known. Whoever reads the value gets it all. */
    Object head();

    /** Whether the beginning is read anew from what is kept elsewhere, so that asking again tells whether it was changed. */
    default boolean isKept() {
        return false;
    }
}
