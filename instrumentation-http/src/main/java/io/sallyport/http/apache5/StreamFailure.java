package io.sallyport.http.apache5;

import java.io.IOException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.ProtocolVersion;
import org.apache.hc.core5.http2.H2Error;
import org.apache.hc.core5.http2.H2StreamResetException;

/** How a refusal ends an answer: over HTTP/2 as the failure of its stream, since any other closes the connection under the calls of others. */
final class StreamFailure {

    private StreamFailure() {}

    /** @param h2 whether the answer has a stream of its own */
    static IOException of(IOException refusal, boolean h2) {
        if (!h2) {
            return refusal;
        }
        H2StreamResetException ofStream = new H2StreamResetException(H2Error.CANCEL, refusal.getMessage());
        ofStream.initCause(refusal);
        return ofStream;
    }

    static boolean hasStream(HttpResponse response) {
        ProtocolVersion version = response.getVersion();
        return version != null && version.greaterEquals(HttpVersion.HTTP_2);
    }
}
