package io.sallyport.controlplane;

class ChannelOnEmbeddedStoreTest extends ChannelContract {
    ChannelOnEmbeddedStoreTest() {
        super(Store.EMBEDDED);
    }
}
