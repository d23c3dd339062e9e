package io.sallyport.jdbc.connect;

/** The vendor that is always refused, so that start-up can prove that a connect reaches the gate. */
final class Canary {

    static final String VENDOR = "sallyport-canary";

    private Canary() {}
}
