package io.sallyport.http.apache4;

import io.sallyport.http.HttpCall;
import io.sallyport.http.SentBody;
import io.sallyport.weaving.StateField;
import java.io.OutputStream;
import org.apache.http.HttpMessage;
import org.apache.http.HttpRequest;

/** The stream that a connection of HttpCore writes a body to, which is also used without the client: none of its types is named here. */
final class ShownOutput {

    private ShownOutput() {}

    /** @return what the body of {@code message} is to be written to */
    static OutputStream of(HttpMessage message, OutputStream stream) {
        // Servers write answers here.
        HttpCall call = message instanceof HttpRequest ? StateField.get(message, HttpCall.class) : null;
        SentBody body = call == null ? null : call.writing(name -> HeaderValues.joined(message, name));
        return body == null ? stream : body.before(stream);
    }
}
