package io.sallyport.link.channel;

import io.sallyport.link.LinkException;

/** The control plane answered the channel's opening with an HTTP error. */
public final class ChannelRefusedException extends LinkException {

    private static final long serialVersionUID = 1;

    private final int status;

    ChannelRefusedException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** HTTP status. */
    public int status() {
        return status;
    }
}
