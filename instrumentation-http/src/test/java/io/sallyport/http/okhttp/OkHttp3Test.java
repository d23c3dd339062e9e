package io.sallyport.http.okhttp;

import io.sallyport.http.contract.OtherVersion;

class OkHttp3Test extends OkHttpContract {

    OkHttp3Test() {
        super(OtherVersion.of("okhttp-3.14.9", OkHttpTestClient.class));
    }

    /** Its own limit does not go through {@code Call.cancel}, so that the call is one whose time is over and not one that was cancelled. */
    @Override
    protected boolean leavesItsTicket() {
        return true;
    }
}
