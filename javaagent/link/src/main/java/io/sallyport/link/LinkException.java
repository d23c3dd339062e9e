package io.sallyport.link;

/** The link cannot be used as configured, or not now. The message is one plain line that names the cause and the fix; never a secret. */
public class LinkException extends Exception {

    private static final long serialVersionUID = 1;

    public LinkException(String message) {
        super(message);
    }

    public LinkException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
