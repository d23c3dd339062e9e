package io.sallyport.controlplane;

class DeletionUnderWayOnPostgresqlTest extends DeletionUnderWayContract {
    DeletionUnderWayOnPostgresqlTest() {
        super(Store.POSTGRESQL);
    }
}
