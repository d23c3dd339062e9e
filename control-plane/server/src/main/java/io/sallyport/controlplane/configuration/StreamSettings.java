package io.sallyport.controlplane.configuration;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A receiver of the record as it grows; exactly one of {@code http} and {@code syslog}.
 *
 * @param name of its cursor: under another name a stream begins anew
 * @param http gets one JSON object a line by POST
 * @param authorization whole value of the {@code Authorization} header of {@code http}, {@code env:NAME} or {@code file:PATH}
 * @param syslog {@code tls://host:6514} (RFC 5425), or {@code tcp://localhost:port} to a forwarder on this machine
 * @param ca PEM file, when the receiver's certificate is not from a public authority
 */
public record StreamSettings(
        String name,
        @Nullable URI http,
        @Nullable String authorization,
        @Nullable URI syslog,
        @Nullable Path ca) {}
