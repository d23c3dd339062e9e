package io.sallyport.http.urlconnection;

import io.sallyport.http.answer.FieldValues;
import io.sallyport.http.answer.MaskedAnswer;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The header fields of an answer as its caller may see them. All of them until a body is masked. */
final class TruthfulHeaders {

    private final HttpURLConnection connection;
    private volatile @Nullable MaskedAnswer answer;

    /** Positions of the fields that stay; {@code null} while they are being read, or where all stay. */
    private volatile @Nullable List<Integer> positions;

    TruthfulHeaders(HttpURLConnection connection) {
        this.connection = connection;
    }

    void untrue(@Nullable MaskedAnswer masked) {
        if (masked == null) {
            return;
        }
        List<Integer> staying = new ArrayList<>();
        for (int i = 0; i == 0 || connection.getHeaderFieldKey(i) != null; i++) {
            String name = connection.getHeaderFieldKey(i);
            if (name == null || !masked.untrue(name)) {
                staying.add(i);
            }
        }
        positions = List.copyOf(staying);
        answer = masked;
    }

    /** All values of a field; see {@link MaskedAnswer#of}. */
    @Nullable
    String joined(String name) {
        List<String> values = new ArrayList<>(1);
        for (int i = 0; i == 0 || connection.getHeaderFieldKey(i) != null; i++) {
            if (name.equalsIgnoreCase(connection.getHeaderFieldKey(i))) {
                values.add(connection.getHeaderField(i));
            }
        }
        return FieldValues.joined(values);
    }

    int position(int asked) {
        List<Integer> staying = positions;
        if (staying == null || asked < 0) {
            return asked;
        }
        return asked < staying.size() ? staying.get(asked) : Integer.MAX_VALUE;
    }

    @Nullable
    String truthful(@Nullable String name, @Nullable String value) {
        MaskedAnswer masked = answer;
        return masked == null || name == null || !masked.untrue(name) ? value : null;
    }

    Map<String, List<String>> truthful(Map<String, List<String>> all) {
        MaskedAnswer masked = answer;
        return masked == null ? all : masked.truthful(all);
    }
}
