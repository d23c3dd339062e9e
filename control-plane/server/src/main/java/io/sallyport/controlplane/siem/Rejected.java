package io.sallyport.controlplane.siem;

import java.io.IOException;

/** The receiver is there and will not take this lot, however often it is sent. */
final class Rejected extends IOException {

    private static final long serialVersionUID = 1L;

    Rejected(String message) {
        super(message);
    }
}
