package io.sallyport.controlplane.signin;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPRequest;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPResponse;
import io.sallyport.controlplane.outward.OutwardHttp;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The library's requests over our client, so that its limits and trust hold for them too. */
record NimbusSender(OutwardHttp http) implements HTTPRequestSender {

    @Override
    public ReadOnlyHTTPResponse send(ReadOnlyHTTPRequest request) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Map.Entry<String, List<String>> header : request.getHeaderMap().entrySet()) {
            headers.put(header.getKey(), String.join(", ", header.getValue()));
        }
        OutwardHttp.Answer answer =
                http.send(request.getURI(), request.getMethod().name(), headers, request.getBody());
        HTTPResponse response = new HTTPResponse(answer.status());
        try {
            if (!answer.contentType().isEmpty()) {
                response.setContentType(answer.contentType());
            }
        } catch (ParseException e) {
            throw new IOException("the answer has a malformed content type", e);
        }
        response.setBody(answer.body());
        return response;
    }
}
