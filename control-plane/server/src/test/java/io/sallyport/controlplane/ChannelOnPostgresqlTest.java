package io.sallyport.controlplane;

class ChannelOnPostgresqlTest extends ChannelContract {
    ChannelOnPostgresqlTest() {
        super(Store.POSTGRESQL);
    }
}
