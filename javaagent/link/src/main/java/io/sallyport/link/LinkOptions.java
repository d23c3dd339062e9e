package io.sallyport.link;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a workload reaches its control plane. Immutable.
 *
 * @param controlPlane {@code https://host:port}
 * @param self what the workload says of itself
 * @param admission what it is admitted by
 * @param spool where events, credential and last policy are kept
 */
public record LinkOptions(String controlPlane, Self self, Admission admission, Spool spool) {

    /** 256 MiB. */
    public static final long DEFAULT_SPOOL_BYTES = 256L << 20;

    /**
     * What a workload says of itself.
     *
     * @param workload the name that the workload gives itself
     * @param labels shown on the dashboard
     * @param agentVersion version of the agent
     */
    public record Self(String workload, Map<String, String> labels, String agentVersion) {
        public Self {
            labels = Map.copyOf(labels);
        }
    }

    /**
     * What a workload is admitted by, and how it knows the control plane.
     *
     * @param token join token's text; secret; {@code null} when {@code tokenFile} is given or the workload has enrolled before
     * @param tokenFile file that holds a join token; read again at every enrolment, so that it may be replaced
     * @param caFile PEM file with the control plane's CA; {@code null}: the CA key that the join token names
     */
    public record Admission(
            @Nullable String token,
            @Nullable Path tokenFile,
            @Nullable Path caFile) {
        @Override
        public String toString() {
            return "Admission[" + (tokenFile == null ? "token" : tokenFile) + "]";
        }
    }

    /**
     * A directory that should persist across restarts.
     *
     * @param bytes most that this process's events and the leftovers it uploads may take on disk
     * @param recordingKey file with the key of recordings, made if it is not there; {@code null}: in the spool directory
     */
    public record Spool(
            Path directory, long bytes, @Nullable Path recordingKey) {}

    /** Options with the defaults for everything that has one. */
    public static LinkOptions of(String controlPlane, Path spoolDirectory, String workload) {
        return new LinkOptions(
                controlPlane,
                new Self(workload, Map.of(), "unknown"),
                new Admission(null, null, null),
                new Spool(spoolDirectory, DEFAULT_SPOOL_BYTES, null));
    }

    public LinkOptions withToken(@Nullable String text) {
        return with(new Admission(text, admission.tokenFile, admission.caFile));
    }

    public LinkOptions withTokenFile(@Nullable Path file) {
        return with(new Admission(admission.token, file, admission.caFile));
    }

    public LinkOptions withCaFile(@Nullable Path file) {
        return with(new Admission(admission.token, admission.tokenFile, file));
    }

    private LinkOptions with(Admission other) {
        return new LinkOptions(controlPlane, self, other, spool);
    }
}
