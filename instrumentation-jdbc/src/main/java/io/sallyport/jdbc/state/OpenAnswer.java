package io.sallyport.jdbc.state;

/** An answer that the application is still reading, and of which is written down what it has read when it is done. Thread-safe. */
public interface OpenAnswer {

    /** The application reads no further; the first call counts. */
    void end();
}
