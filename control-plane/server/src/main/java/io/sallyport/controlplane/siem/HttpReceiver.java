package io.sallyport.controlplane.siem;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.controlplane.StartFailure;
import io.sallyport.controlplane.configuration.SecretReference;
import io.sallyport.controlplane.outward.OutwardHttp;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** POST of one JSON object a line; an answer of class 2xx confirms all of them. */
final class HttpReceiver implements StreamReceiver {

    private final URI address;
    private final OutwardHttp http;
    private final Map<String, String> headers = new LinkedHashMap<>(Map.of("Content-Type", "application/x-ndjson"));

    HttpReceiver(String name, URI address, @Nullable String authorization, @Nullable Path ca) {
        if (!OutwardHttp.takes(address)) {
            throw new StartFailure("settings: stream " + name + " needs an https address");
        }
        this.address = address;
        this.http = new OutwardHttp(ca);
        if (authorization != null) {
            headers.put("Authorization", SecretReference.read(authorization, "authorization of stream " + name));
        }
    }

    @Override
    public void send(List<ObjectNode> events) throws IOException {
        StringBuilder body = new StringBuilder();
        for (ObjectNode event : events) {
            body.append(event).append('\n');
        }
        int status = http.send(address, "POST", headers, body.toString()).status();
        if (status == 400 || status == 413) {
            throw new Rejected("it answered HTTP " + status);
        }
        if (status / 100 != 2) {
            throw new IOException("it answered HTTP " + status);
        }
    }

    @Override
    public void close() {}
}
