package io.sallyport.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A signed excerpt of a recording, one JSON object a line, that can be verified without the control plane:
 *
 * <pre>
 *   {"bundle":1,"workload":…,"session":…,"createdAt":…,"createdBy":…}
 *   {"recording":…,"before":"64 hex digits"}             the chain before the next line
 *                                                        and "problem":… where the store no longer had what was stored
 *   {"sequence":7,"event":"{…}"}                          as stored; see {@link RecordChain}
 *   {"sequence":8,"digest":"64 hex digits"}               an event that is not part of the excerpt
 *   {"head":"64 hex digits"}                              the chain behind the last line
 *   {"publicKey":…,"signature":…}                         Ed25519 over {@link #signed} of every line above
 * </pre>
 */
public final class EventBundle {

    private EventBundle() {}

    /**
     * @param problem what is wrong with it, {@code null} when nothing is
     * @param events that are in it
     * @param leftOut events that only their digest stands for
     * @param publicKey that it says it is signed with
     */
    public record Result(
            @Nullable String problem,
            long events,
            long leftOut,
            String workload,
            String session,
            @Nullable String publicKey) {}

    /** What is signed: a text of its own kind, so that no other signature of the key fits. */
    public static byte[] signed(byte[] sha256OfLines) {
        byte[] head = "sallyport-bundle-1\n".getBytes(StandardCharsets.US_ASCII);
        byte[] all = java.util.Arrays.copyOf(head, head.length + sha256OfLines.length);
        System.arraycopy(sha256OfLines, 0, all, head.length, sha256OfLines.length);
        return all;
    }

    /** Checks chain and signature. Reads line by line, so that size does not matter. */
    public static Result verify(Reader bundle) throws IOException {
        Check check = new Check();
        BufferedReader lines = new BufferedReader(bundle);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            check.line(line);
        }
        return check.result();
    }

    private static final class Check {
        private final MessageDigest all = RecordChain.sha256();
        private @Nullable String problem;
        private @Nullable String chain;
        private @Nullable String stored;
        private @Nullable String publicKey;
        private String workload = "";
        private String session = "";
        private String recording = "";
        private long number;
        private long last;
        private long events;
        private long leftOut;
        private boolean signed;

        void line(String text) {
            number++;
            if (problem != null) {
                return;
            }
            if (signed) {
                problem = "line " + number + " stands behind the signature";
                return;
            }
            try {
                JsonNode line = Wire.json().readTree(text);
                if (line.has("signature")) {
                    signature(line);
                    return;
                }
                all.update((text + "\n").getBytes(StandardCharsets.UTF_8));
                if (number == 1) {
                    head(line);
                } else if (line.has("recording")) {
                    requireClosed();
                    recording = line.path("recording").asText();
                    chain = line.path("before").asText();
                    stored = line.has("problem") ? line.path("problem").asText() : stored;
                    last = 0;
                } else if (line.has("head")) {
                    if (!line.path("head").asText().equals(chain)) {
                        problem = "recording " + recording + ": an event before line " + number
                                + " was altered, dropped, inserted or moved";
                    }
                    chain = null;
                } else {
                    event(line);
                }
            } catch (JsonProcessingException e) {
                problem = "line " + number + " is not JSON";
            }
        }

        private void head(JsonNode line) {
            if (line.path("bundle").asInt() != 1) {
                problem = "this is no bundle of events";
            }
            workload = line.path("workload").asText();
            session = line.path("session").asText();
        }

        private void event(JsonNode line) {
            String before = chain;
            long sequence = line.path("sequence").asLong();
            if (before == null || sequence <= last) {
                problem = "line " + number + " is out of place";
                return;
            }
            last = sequence;
            boolean whole = line.has("event");
            events += whole ? 1 : 0;
            leftOut += whole ? 0 : 1;
            chain = RecordChain.next(
                    before,
                    whole
                            ? RecordChain.digest(sequence, line.path("event").asText())
                            : line.path("digest").asText());
        }

        private void requireClosed() {
            if (chain != null) {
                problem = "recording " + recording + " does not end";
            }
        }

        private void signature(JsonNode line) {
            requireClosed();
            signed = true;
            String key = line.path("publicKey").asText();
            publicKey = key;
            try {
                PublicKey verifier = KeyFactory.getInstance("Ed25519")
                        .generatePublic(
                                new X509EncodedKeySpec(Base64.getDecoder().decode(key)));
                Signature signature = Signature.getInstance("Ed25519");
                signature.initVerify(verifier);
                signature.update(EventBundle.signed(all.digest()));
                if (!signature.verify(
                        Base64.getDecoder().decode(line.path("signature").asText()))) {
                    problem = problem == null ? "the signature is not that of these lines" : problem;
                }
            } catch (GeneralSecurityException | IllegalArgumentException e) {
                problem = "the signature, or its key, cannot be read";
            }
        }

        Result result() {
            if (problem == null && !signed) {
                problem = "its end is missing: there is no signature";
            }
            if (problem == null && stored != null) {
                problem = "the control plane says that its store was not what it had stored: " + stored;
            }
            return new Result(problem, events, leftOut, workload, session, publicKey);
        }
    }
}
