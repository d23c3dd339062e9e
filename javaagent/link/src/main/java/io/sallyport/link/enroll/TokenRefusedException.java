package io.sallyport.link.enroll;

import io.sallyport.link.LinkException;

/** The control plane does not take this join token. */
public final class TokenRefusedException extends LinkException {

    private static final long serialVersionUID = 1;

    TokenRefusedException(String message) {
        super(message);
    }
}
