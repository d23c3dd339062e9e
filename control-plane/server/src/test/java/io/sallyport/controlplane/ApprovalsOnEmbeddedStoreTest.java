package io.sallyport.controlplane;

class ApprovalsOnEmbeddedStoreTest extends ApprovalsContract {
    ApprovalsOnEmbeddedStoreTest() {
        super(Store.EMBEDDED);
    }
}
