package io.sallyport.jdbc.state;

/**
 * The state of a wrapper: whatever is called on it reaches the driver's own object, which is governed. Deciding twice would ask
 * approvers twice, and masking twice would mask the mask.
 */
public final class Transparent {

    public static final Transparent WRAPPER = new Transparent();

    private Transparent() {}
}
