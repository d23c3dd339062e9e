package io.sallyport.controlplane;

class SessionsOnPostgresqlTest extends SessionsContract {
    SessionsOnPostgresqlTest() {
        super(Store.POSTGRESQL);
    }
}
