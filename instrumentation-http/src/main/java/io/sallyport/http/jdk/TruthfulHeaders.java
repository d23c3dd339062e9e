package io.sallyport.http.jdk;

import io.sallyport.http.answer.MaskedAnswer;
import io.sallyport.weaving.StateField;
import java.net.http.HttpHeaders;

/** The header fields of a masked response. The exchange's own object remembers them, because every way to the caller ends there. */
final class TruthfulHeaders {

    private TruthfulHeaders() {}

    static HttpHeaders masked(HttpHeaders received, MaskedAnswer answer) {
        HttpHeaders truthful = HttpHeaders.of(answer.truthful(received.map()), (name, value) -> true);
        StateField.set(received, truthful);
        return truthful;
    }

    /** What the caller may see: the same object where nothing is masked. */
    static HttpHeaders of(HttpHeaders received) {
        HttpHeaders truthful = StateField.get(received, HttpHeaders.class);
        return truthful == null ? received : truthful;
    }
}
