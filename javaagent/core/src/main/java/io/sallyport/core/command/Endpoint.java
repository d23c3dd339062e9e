package io.sallyport.core.command;

/**
 * One host and port that a target may be reached at.
 *
 * @param host host name or address in lower case, without brackets
 * @param port TCP port; the protocol's default where the URL names none
 */
public record Endpoint(String host, int port) {

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
