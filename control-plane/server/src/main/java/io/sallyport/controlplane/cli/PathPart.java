package io.sallyport.controlplane.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** One segment of a path (RFC 3986). */
final class PathPart {

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private PathPart() {}
}
