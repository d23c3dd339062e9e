package io.sallyport.http.answer;

import io.sallyport.core.mask.BodyMaskPlan;
import io.sallyport.core.mask.BodyMasker;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The masks of one response. Not thread-safe; one instance per response.
 *
 * <p>A body that arrives compressed is decompressed before it is masked, and stays so: {@code Content-Encoding} is one of the
 * fields that become untrue. A part of a body ({@code 206}, RFC 9110 section 14) cannot be masked, since what lies before it is
 * unknown; it is refused with its first byte, and so is a coding that nobody here can read.
 */
public final class MaskedAnswer {

    /** Header fields that describe the body as the server sent it (RFC 9110 section 8, RFC 9530, RFC 3230, RFC 1864). */
    private static final Set<String> UNTRUE =
            Set.of("content-length", "etag", "digest", "content-digest", "repr-digest", "content-md5", "accept-ranges");

    private final BodyMasker masker;
    private final boolean decoded;

    private MaskedAnswer(BodyMasker masker, boolean decoded) {
        this.masker = masker;
        this.decoded = decoded;
    }

    /**
     * @param method of the request, in upper case
     * @param header value of a response header field by its name in lower case, or {@code null}
     * @param decodes whether the client decodes {@code Content-Encoding} itself before it shows us the body
     * @return {@code null} when the response passes untouched: nothing is masked, or it has no body
     */
    public static @Nullable MaskedAnswer of(
            BodyMaskPlan plan, String method, int status, UnaryOperator<@Nullable String> header, boolean decodes) {
        if (plan == BodyMaskPlan.NONE || !hasBody(method, status)) {
            return null;
        }
        BodyMasker masker = plan.masker(header.apply("content-type"));
        if (masker == null) {
            return null;
        }
        if (status == 206) {
            return new MaskedAnswer(
                    new RefusedBody(
                            "only a part of a body arrived, which cannot be masked; send no Range for this target"),
                    false);
        }
        String coding = header.apply("content-encoding");
        if (decodes || coding == null || coding.isBlank() || coding.strip().equalsIgnoreCase("identity")) {
            return new MaskedAnswer(masker, false);
        }
        return switch (coding.strip().toLowerCase(Locale.ROOT)) {
            case "gzip", "x-gzip" -> new MaskedAnswer(InflatingMasker.gzip(masker), true);
            case "deflate" -> new MaskedAnswer(InflatingMasker.deflate(masker), true);
            default ->
                new MaskedAnswer(
                        new RefusedBody(
                                "a body under a masking rule arrived in a coding that cannot be read here; send "
                                        + "Accept-Encoding: gzip for this target"),
                        // The caller shall read the refusal, and not what a decoder says of a coding that it cannot
                        // read either.
                        true);
        };
    }

    private static boolean hasBody(String method, int status) {
        return !method.equals("HEAD") && status >= 200 && status != 204 && status != 304;
    }

    public BodyMasker masker() {
        return masker;
    }

    /** Header fields without those that would no longer be true; fields without a name, as {@code java.net} has one, stay. */
    public Map<String, List<String>> truthful(Map<String, List<String>> fields) {
        Map<String, List<String>> staying = new LinkedHashMap<>(fields);
        staying.keySet().removeIf(name -> name != null && untrue(name));
        return Collections.unmodifiableMap(staying);
    }

    /** Which of these header fields, by name, would no longer be true. For clients whose header fields can be taken out. */
    public Set<String> untrue(Iterable<String> names) {
        Set<String> gone = new LinkedHashSet<>();
        for (String name : names) {
            if (untrue(name)) {
                gone.add(name);
            }
        }
        return gone;
    }

    /** Whether a response header field has to go because it would no longer be true. */
    public boolean untrue(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return UNTRUE.contains(lower) || decoded && lower.equals("content-encoding");
    }
}
