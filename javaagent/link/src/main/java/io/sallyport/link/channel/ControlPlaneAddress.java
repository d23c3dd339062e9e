package io.sallyport.link.channel;

import io.sallyport.link.LinkException;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where the control plane is.
 *
 * @param host DNS name or address literal, without brackets
 */
public record ControlPlaneAddress(String host, int port) {

    /** @throws LinkException when the text is not {@code https://host[:port]} */
    public static ControlPlaneAddress parse(String text) throws LinkException {
        try {
            URI uri = new URI(text.strip());
            String path = uri.getRawPath();
            boolean bare = (path == null || path.isEmpty() || path.equals("/"))
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getRawUserInfo() == null;
            String host = uri.getHost();
            if ("https".equalsIgnoreCase(uri.getScheme()) && host != null && bare) {
                String plain = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
                return new ControlPlaneAddress(plain, uri.getPort() < 0 ? 443 : uri.getPort());
            }
        } catch (URISyntaxException e) {
            // Said below in the same words.
        }
        throw new LinkException("SALLYPORT_CONTROL_PLANE must be https://host:port and nothing more");
    }

    /** {@code host:port} as it stands in URLs and in the {@code Host} header. */
    public String authority() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    /** {@code https://host:port}. */
    @Override
    public String toString() {
        return "https://" + authority();
    }
}
