package io.sallyport.core.verdict;

import io.sallyport.core.command.HttpCommand;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code traceparent} of a request that is about to be sent (W3C Trace Context, section 3.2). */
final class TraceHeader {

    private TraceHeader() {}

    /** @return 32 lower-case hex digits, not all zero; {@code null} where there is no such header */
    static @Nullable String traceId(HttpCommand request) {
        List<String> values = request.headers().get("traceparent");
        if (values == null || values.size() != 1) {
            return null;
        }
        String value = values.get(0).strip();
        if (value.length() < 55 || value.charAt(2) != '-' || value.charAt(35) != '-') {
            return null;
        }
        boolean nothing = true;
        for (int i = 3; i < 35; i++) {
            char c = value.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return null;
            }
            nothing &= c == '0';
        }
        return nothing ? null : value.substring(3, 35);
    }
}
