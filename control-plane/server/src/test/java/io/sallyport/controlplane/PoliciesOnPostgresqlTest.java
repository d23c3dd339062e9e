package io.sallyport.controlplane;

class PoliciesOnPostgresqlTest extends PoliciesContract {
    PoliciesOnPostgresqlTest() {
        super(Store.POSTGRESQL);
    }
}
