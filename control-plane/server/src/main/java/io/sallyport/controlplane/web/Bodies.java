package io.sallyport.controlplane.web;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.javalin.http.Context;
import io.sallyport.controlplane.Problem;
import io.sallyport.protocol.Wire;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** Reads request bodies and query parameters strictly; what is wrong is said without repeating what was sent. */
final class Bodies {

    private static final ObjectMapper STRICT = Wire.json()
            .copy()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** An absent body reads as an empty object. */
    static <T> T read(Context request, Class<T> type) {
        String text = request.body();
        try {
            T body = STRICT.readValue(text.isBlank() ? "{}" : text, type);
            if (body == null) {
                throw new Problem(Problem.Kind.INVALID, "the body must be a JSON object");
            }
            return body;
        } catch (UnrecognizedPropertyException e) {
            throw new Problem(
                    Problem.Kind.INVALID, "the body has an unknown member; known are " + e.getKnownPropertyIds());
        } catch (JsonProcessingException e) {
            JsonLocation where = e.getLocation();
            throw new Problem(
                    Problem.Kind.INVALID,
                    "the body is not the JSON that is expected here"
                            + (where == null
                                    ? ""
                                    : " (line " + where.getLineNr() + ", column " + where.getColumnNr() + ")"));
        }
    }

    static int limit(Context request, int otherwise, int most) {
        Long limit = number(request, "limit");
        if (limit == null) {
            return otherwise;
        }
        if (limit < 1) {
            throw new Problem(Problem.Kind.INVALID, "limit must be at least 1");
        }
        return (int) Math.min(limit, most);
    }

    static @org.jspecify.annotations.Nullable Long number(Context request, String parameter) {
        String text = request.queryParam(parameter);
        if (text == null || text.isEmpty()) {
            return null;
        }
        return parse(text, parameter);
    }

    static @org.jspecify.annotations.Nullable Instant time(Context request, String parameter) {
        String text = request.queryParam(parameter);
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new Problem(Problem.Kind.INVALID, parameter + " must be a time like 2026-11-29T00:00:00Z");
        }
    }

    static long pathNumber(Context request, String parameter) {
        return parse(request.pathParam(parameter), parameter);
    }

    private static long parse(String text, String parameter) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new Problem(Problem.Kind.INVALID, parameter + " must be a whole number");
        }
    }

    private Bodies() {}
}
