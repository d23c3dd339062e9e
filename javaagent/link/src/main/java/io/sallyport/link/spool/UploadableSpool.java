package io.sallyport.link.spool;

import java.io.IOException;

/** A spool as its uploader sees it: the one that is being written, or one that a dead process left behind. */
public interface UploadableSpool {

    /** Identifier, as the control plane knows it. */
    String id();

    /** Sequence number of the last whole record; 0 for none. */
    long last();

    /** Highest sequence number that the control plane is known to have; 0 for none. */
    long acknowledged();

    /** The control plane has everything up to {@code upTo}; segments that it has completely are deleted. */
    void acknowledge(long upTo) throws IOException;

    /** A reader whose first record is {@code sequence}, or the first one that is left if that is later. */
    SpoolReader read(long sequence) throws IOException;
}
