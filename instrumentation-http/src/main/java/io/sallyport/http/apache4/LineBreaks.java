package io.sallyport.http.apache4;

import io.sallyport.http.LineBreak;
import org.apache.http.Header;
import org.apache.http.HttpRequest;
import org.apache.http.RequestLine;
import org.apache.http.message.BasicHeader;
import org.apache.http.message.BasicLineFormatter;

/**
 * HttpCore before 4.4.13 writes the line breaks of a field's value as they are (later ones write blanks): what stands behind
 * them is another field to the server, or another request, which nobody decided.
 */
final class LineBreaks {

    /** The version at hand is asked, since its number says nothing of what a vendor mended. */
    private static final boolean WRITTEN = LineBreak.isIn(
            BasicLineFormatter.formatHeader(new BasicHeader("X-Note", "a\r\nb"), BasicLineFormatter.INSTANCE));

    private LineBreaks() {}

    /** Whether the server would read more than this request. */
    static boolean areSentWith(HttpRequest request) {
        if (!WRITTEN) {
            return false;
        }
        RequestLine line = request.getRequestLine();
        if (LineBreak.isIn(line.getMethod()) || LineBreak.isIn(line.getUri())) {
            return true;
        }
        for (Header field : request.getAllHeaders()) {
            String value = field.getValue();
            if (LineBreak.isIn(field.getName()) || value != null && LineBreak.isIn(value)) {
                return true;
            }
        }
        return false;
    }
}
