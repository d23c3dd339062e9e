package io.sallyport.http.okhttp;

import io.sallyport.http.contract.OtherVersion;

class OkHttp4Test extends OkHttpContract {

    OkHttp4Test() {
        super(OtherVersion.of("okhttp-4.12.0", OkHttpTestClient.class));
    }
}
