package io.sallyport.link.spool;

import java.io.IOException;

/** A record that must be in a spool is altered or missing. */
public final class DamagedSpoolException extends IOException {

    DamagedSpoolException(String spool, long sequence, String what) {
        super("record " + sequence + " of spool " + spool + " " + what);
    }
}
