package io.sallyport.http.apache4;

import io.sallyport.core.verdict.RefusedException;
import io.sallyport.http.HttpCall;
import io.sallyport.http.HttpRefusals;
import io.sallyport.http.OutgoingRequest;
import io.sallyport.http.SentBody;
import io.sallyport.http.StatedBody;
import io.sallyport.weaving.StateField;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.http.HttpMessage;
import org.apache.http.HttpRequest;

/** The stream that a connection of HttpCore writes a body to, which is also used without the client: none of its types is named here. */
final class ShownOutput {

    private ShownOutput() {}

    /** What ends before its length is refused when it is closed, so that the client lets go of the connection. */
    private static OutputStream whole(HttpMessage message, OutputStream stream, HttpCall call) {
        long length = message.containsHeader("Transfer-Encoding")
                ? -1
                : OutgoingRequest.length(HeaderValues.joined(message, "Content-Length"));
        return length <= 0
                ? stream
                : new StatedBody(stream, length) {
                    @Override
                    public void close() throws IOException {
                        if (isCut()) {
                            try {
                                call.refuseFraming();
                            } catch (RefusedException no) {
                                throw HttpRefusals.ofSockets(no.refusal());
                            }
                        }
                        super.close();
                    }
                };
    }

    /** @return what the body of {@code message} is to be written to */
    static OutputStream of(HttpMessage message, OutputStream stream) {
        // Servers write answers here.
        HttpCall call = message instanceof HttpRequest ? StateField.get(message, HttpCall.class) : null;
        SentBody body = call == null ? null : call.writing(name -> HeaderValues.joined(message, name));
        OutputStream whole = call == null ? stream : whole(message, stream, call);
        return body == null ? whole : body.before(whole);
    }
}
