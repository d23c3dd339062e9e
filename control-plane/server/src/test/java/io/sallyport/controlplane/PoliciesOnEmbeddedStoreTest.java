package io.sallyport.controlplane;

class PoliciesOnEmbeddedStoreTest extends PoliciesContract {
    PoliciesOnEmbeddedStoreTest() {
        super(Store.EMBEDDED);
    }
}
