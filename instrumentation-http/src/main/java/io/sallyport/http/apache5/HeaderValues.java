package io.sallyport.http.apache5;

import io.sallyport.http.answer.FieldValues;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.MessageHeaders;
import org.jspecify.annotations.Nullable;

/** The fields of a request or an answer; types of HttpCore alone are named here. */
final class HeaderValues {

    private HeaderValues() {}

    /** The values of a field as one, see {@link FieldValues#joined}. */
    static @Nullable String joined(MessageHeaders message, String name) {
        List<String> values = new ArrayList<>(1);
        for (Header field : message.getHeaders(name)) {
            values.add(field.getValue() == null ? "" : field.getValue());
        }
        return FieldValues.joined(values);
    }
}
