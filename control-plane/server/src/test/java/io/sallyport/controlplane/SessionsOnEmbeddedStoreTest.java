package io.sallyport.controlplane;

class SessionsOnEmbeddedStoreTest extends SessionsContract {
    SessionsOnEmbeddedStoreTest() {
        super(Store.EMBEDDED);
    }
}
