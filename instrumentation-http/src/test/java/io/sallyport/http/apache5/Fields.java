package io.sallyport.http.apache5;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpMessage;

/** Header fields as the contract reads them. */
final class Fields {

    private Fields() {}

    static Map<String, List<String>> of(HttpMessage message) {
        Map<String, List<String>> fields = new TreeMap<>();
        for (Header field : message.getHeaders()) {
            fields.computeIfAbsent(field.getName(), name -> new ArrayList<>()).add(field.getValue());
        }
        return fields;
    }

    /** Of a body that was read. */
    static Map<String, String> trailers(HttpEntity body) {
        return body == null || body.getTrailers() == null
                ? Map.of()
                : trailers(body.getTrailers().get());
    }

    static Map<String, String> trailers(List<? extends Header> all) {
        Map<String, String> trailers = new TreeMap<>();
        all.forEach(field -> trailers.put(field.getName().toLowerCase(Locale.ROOT), field.getValue()));
        return trailers;
    }
}
