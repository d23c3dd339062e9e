package io.sallyport.jdbc.errors;

/**
 * What of an exception may be said.
 *
 * @param text the message, or a part of it
 */
public record Sayable(String text, Extent extent) {

    /** How much of the exception that is. */
    public enum Extent {
        /** The driver made it, before the server was asked or after it was lost: so it did what is behind it. */
        DRIVERS,
        WHOLE,
        /** Without what may be a stored value. */
        PART
    }

    static Sayable drivers(String text) {
        return new Sayable(text, Extent.DRIVERS);
    }

    static Sayable whole(String text) {
        return new Sayable(text, Extent.WHOLE);
    }

    static Sayable part(String text) {
        return new Sayable(text, Extent.PART);
    }

    public boolean isPart() {
        return extent == Extent.PART;
    }
}
