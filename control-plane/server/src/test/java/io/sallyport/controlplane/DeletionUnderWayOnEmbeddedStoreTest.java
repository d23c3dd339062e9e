package io.sallyport.controlplane;

class DeletionUnderWayOnEmbeddedStoreTest extends DeletionUnderWayContract {
    DeletionUnderWayOnEmbeddedStoreTest() {
        super(Store.EMBEDDED);
    }
}
