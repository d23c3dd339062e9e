package io.sallyport.http.okhttp;

import io.sallyport.http.contract.OtherVersion;

/** The last line for Java 7 and old Androids: retries are decided differently in it. */
class OkHttp312Test extends OkHttpContract {

    OkHttp312Test() {
        super(OtherVersion.of("okhttp-3.12.13", OkHttpTestClient.class));
    }
}
