package io.sallyport.http.okhttp;

import io.sallyport.http.contract.OtherVersion;

class OkHttp3Test extends OkHttpContract {

    OkHttp3Test() {
        super(OtherVersion.of("okhttp-3.14.9", OkHttpTestClient.class));
    }
}
