package io.sallyport.controlplane;

class ApprovalsOnPostgresqlTest extends ApprovalsContract {
    ApprovalsOnPostgresqlTest() {
        super(Store.POSTGRESQL);
    }
}
