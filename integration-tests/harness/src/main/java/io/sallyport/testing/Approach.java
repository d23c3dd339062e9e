package io.sallyport.testing;

import java.io.IOException;

/** What stands before a server of the tests, and by closing tells whether its callers were safe from whoever listens. */
interface Approach extends AutoCloseable {

    /** Where the server is reached. */
    int port();

    /** @throws AssertionError when something could be read on the wire */
    @Override
    void close() throws IOException;
}
