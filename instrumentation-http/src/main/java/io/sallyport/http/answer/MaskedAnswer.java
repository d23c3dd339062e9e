package io.sallyport.http.answer;

import io.sallyport.core.command.HttpCommand;
import io.sallyport.core.mask.BodyMaskPlan;
import io.sallyport.core.mask.BodyMasker;
import io.sallyport.core.mask.body.CompressedMedia;
import io.sallyport.core.mask.body.InflatingMasker;
import io.sallyport.core.mask.body.Untouched;
import io.sallyport.core.verdict.Passage;
import java.io.InputStream;
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

    /**
     * Header fields that describe the body as the server sent it (RFC 9110 section 8, RFC 9530, RFC 3230, RFC 1864; those of object stores, by
     * which their SDKs check what they read). Whoever has a digest of a small body can try what was masked in it, too.
     */
    private static final Set<String> UNTRUE = Set.of(
            "content-length",
            "etag",
            "digest",
            "content-digest",
            "repr-digest",
            "content-md5",
            "accept-ranges",
            "x-goog-hash",
            "x-ms-blob-content-md5");

    private static final String AMAZON_CHECKSUM = "x-amz-checksum-";

    private final BodyMasker masker;
    private final long length;
    private final boolean decoded;
    private final boolean changes;

    private MaskedAnswer(BodyMasker masker, boolean decoded, boolean changes) {
        this(masker, decoded, changes, -1);
    }

    /** @param length of the body as it is read; -1 where unknown */
    private MaskedAnswer(BodyMasker masker, boolean decoded, boolean changes, long length) {
        this.length = length;
        this.masker = masker;
        this.decoded = decoded;
        this.changes = changes;
    }

    /**
     * Begins an answer, and sees to it that it is recorded: see {@link AnswerRecord}.
     *
     * @param method of the request, in upper case
     * @param sent length of the request's body; -1 where unknown
     * @param header value of a response header field by its name in lower case, of all of that name ({@link FieldValues#joined}), or {@code null}
     * @param decodes whether the client decodes {@code Content-Encoding} itself before it shows us the body
     * @return {@code null} when the response passes untouched: nothing is masked or watched
     */
    public static @Nullable MaskedAnswer of(
            Passage passage,
            String method,
            long sent,
            int status,
            UnaryOperator<@Nullable String> header,
            boolean decodes) {
        BodyMaskPlan sampled = passage.sampledUnder();
        String headers = sampled != null && passage.command() instanceof HttpCommand request
                ? HeaderRecord.of(request, header)
                : "";
        if (!hasBody(method, status)) {
            AnswerRecord.head(passage, status, sent, 0, headers);
            return passage.obligations().bodies() == BodyMaskPlan.NONE ? null : bodiless();
        }
        MaskedAnswer masked = of(passage.obligations().bodies(), status, header, decodes);
        if (masked == null && sampled == null) {
            AnswerRecord.head(passage, status, sent, length(header.apply("content-length")), headers);
            return null;
        }
        MaskedAnswer answer = masked == null ? new MaskedAnswer(Untouched.INSTANCE, false, false) : masked;
        BodySample sample = sampled == null
                ? null
                : new BodySample(
                        sampled,
                        header.apply("content-type"),
                        decodes || answer.decoded ? null : header.apply("content-encoding"));
        return new MaskedAnswer(
                AnswerRecord.body(passage, status, sent, headers, answer.masker, sample),
                answer.decoded,
                answer.changes,
                decodes ? -1 : length(header.apply("content-length")));
    }

    private static long length(@Nullable String stated) {
        try {
            return stated == null ? -1 : Long.parseLong(stated.strip());
        } catch (NumberFormatException none) {
            return -1;
        }
    }

    private static @Nullable MaskedAnswer of(
            BodyMaskPlan plan, int status, UnaryOperator<@Nullable String> header, boolean decodes) {
        String coding = header.apply("content-encoding");
        BodyMasker masker = plan == BodyMaskPlan.NONE
                ? null
                : CompressedMedia.of(plan, FieldValues.mediaType(header.apply("content-type")), isCoded(coding));
        if (masker == null) {
            return null;
        }
        if (status < 200) {
            return interim();
        }
        if (status == 206) {
            return changed(
                    new RefusedBody(
                            "only a part of a body arrived, which cannot be masked; send no Range for this target"),
                    false);
        }
        BodyMasker reading = decodes ? masker : InflatingMasker.behind(coding, masker);
        return reading == null
                ? changed(
                        new RefusedBody(
                                "a body under a masking rule arrived in a coding that cannot be read here; send "
                                        + "Accept-Encoding: gzip for this target"),
                        // The caller shall read the refusal, and not what a decoder says of a coding that it cannot
                        // read either.
                        true)
                : changed(reading, reading != masker);
    }

    /** Of an answer that has no body: some clients read one all the same where its fields promise it (OkHttp's {@code promisesBody}). */
    private static MaskedAnswer bodiless() {
        return new MaskedAnswer(new RefusedBody("a body came where there is none (HEAD, 204, 304)"), false, false);
    }

    /** Of an answer that only announces another one (RFC 9110 section 15.2): it has no body, and what a client takes for one nobody can read. */
    public static MaskedAnswer interim() {
        return changed(
                new RefusedBody("the server announced an answer, and the client took that for the answer itself"),
                false);
    }

    private static boolean isCoded(@Nullable String coding) {
        String stated = coding == null ? "" : coding.strip();
        return !stated.isEmpty() && !stated.equalsIgnoreCase("identity");
    }

    private static MaskedAnswer changed(BodyMasker masker, boolean decoded) {
        return new MaskedAnswer(masker, decoded, true);
    }

    private static boolean hasBody(String method, int status) {
        return !method.equals("HEAD") && status != 101 && status != 204 && status != 304;
    }

    public BodyMasker masker() {
        return masker;
    }

    /** Of a blocking client. */
    public InputStream over(InputStream body) {
        return masker.over(body, length);
    }

    /** Whether the body may become another one; if not, it is only watched, and has the length that the server stated. */
    public boolean changes() {
        return changes;
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

    /** Whether a response header or trailer field has to go because it would no longer be true. */
    public boolean untrue(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return changes && (UNTRUE.contains(lower) || lower.startsWith(AMAZON_CHECKSUM))
                || decoded && lower.equals("content-encoding");
    }
}
