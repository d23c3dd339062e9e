package io.sallyport.http.vertx;

import io.sallyport.http.contract.OtherVersion;

/** Since 5.1, whose client is built otherwise. */
class Vertx51Test extends VertxContract {

    Vertx51Test() {
        super(OtherVersion.overTheClassPath("vertx-core-5.1.10", VertxTestClient.class));
    }
}
