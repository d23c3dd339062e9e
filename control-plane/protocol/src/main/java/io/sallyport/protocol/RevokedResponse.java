package io.sallyport.protocol;

import java.util.List;

/**
 * Whom a relay must not carry any more, although their certificates have not ended.
 *
 * @param workloads ids of revoked workloads, which are the common names of their certificates
 */
public record RevokedResponse(List<String> workloads) {

    public RevokedResponse {
        workloads = List.copyOf(workloads);
    }
}
