package io.sallyport.link.spool;

import java.io.IOException;

/** A block whose cipher and signature are right has a payload that this version cannot read. */
final class MalformedBlockException extends IOException {
    MalformedBlockException(String what) {
        super(what);
    }
}
