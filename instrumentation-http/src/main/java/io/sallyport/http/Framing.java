package io.sallyport.http;

import io.sallyport.core.verdict.RefusedException;
import java.util.List;

/**
 * Where the body of a request ends by what its head says (RFC 9112 section 6.3), held against what is written. Some clients write as much as they are
 * given behind whatever length the application stated: what a server takes for the end of the body is then followed by another request, which nobody
 * decided; or the next one is taken for the rest of it. Not thread-safe; one for each request.
 */
public final class Framing {

    private static final long CHUNKED = -1;
    private static final long CONTRADICTORY = -2;

    private final long stated;
    private long written;

    private Framing(long stated) {
        this.stated = stated;
    }

    /**
     * @param lengths values of {@code Content-Length}
     * @param codings values of {@code Transfer-Encoding}
     * @param chunked whether the client writes the body in chunks: then a length beside that is none (RFC 9112 section 6.3), else a coding is a lie
     */
    public static Framing of(List<String> lengths, List<String> codings, boolean chunked) {
        if (chunked) {
            return new Framing(isChunked(codings) ? CHUNKED : CONTRADICTORY);
        }
        if (!codings.isEmpty()) {
            return new Framing(CONTRADICTORY);
        }
        return new Framing(lengths.isEmpty() ? 0 : length(lengths));
    }

    /** Whether the last coding, which says where a body ends, is that. */
    private static boolean isChunked(List<String> codings) {
        String last = codings.isEmpty() ? "" : codings.get(codings.size() - 1);
        return last.substring(last.lastIndexOf(',') + 1).strip().equalsIgnoreCase("chunked");
    }

    private static long length(List<String> stated) {
        long length = OutgoingRequest.length(stated.get(0));
        boolean same = stated.stream().allMatch(one -> OutgoingRequest.length(one) == length);
        return same && length >= 0 ? length : CONTRADICTORY;
    }

    /** @return whether the head still says the truth with so much more behind it */
    public boolean takes(long more) {
        written += more;
        return stated == CHUNKED || stated >= written;
    }

    /** Whether the body may end here. */
    public boolean ends() {
        return stated == CHUNKED || stated == written;
    }

    /** Refuses a request whose body ends elsewhere than its head says. */
    public static void refuse(OutgoingRequest request) throws RefusedException {
        HttpGate.current()
                .refuse(
                        request,
                        "framing",
                        "the body of the request ends elsewhere than its Content-Length or Transfer-Encoding says, so that"
                                + " its server would read another request; leave these fields to the client");
    }
}
