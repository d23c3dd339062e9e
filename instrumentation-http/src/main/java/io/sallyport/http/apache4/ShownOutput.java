package io.sallyport.http.apache4;

import io.sallyport.http.HttpCall;
import io.sallyport.http.SentBody;
import io.sallyport.http.answer.FieldValues;
import io.sallyport.weaving.StateField;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.http.Header;
import org.apache.http.HttpMessage;
import org.apache.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/** The stream that a connection of HttpCore writes a body to, which is also used without the client: none of its types is named here. */
final class ShownOutput {

    private ShownOutput() {}

    /** @return what the body of {@code message} is to be written to */
    static OutputStream of(HttpMessage message, OutputStream stream) {
        // Servers write answers here.
        HttpCall call = message instanceof HttpRequest ? StateField.get(message, HttpCall.class) : null;
        SentBody body = call == null ? null : call.writing(name -> value(message, name));
        return body == null ? stream : body.before(stream);
    }

    private static @Nullable String value(HttpMessage message, String name) {
        List<String> values = new ArrayList<>(1);
        for (Header field : message.getHeaders(name)) {
            values.add(field.getValue() == null ? "" : field.getValue());
        }
        return FieldValues.joined(values);
    }
}
