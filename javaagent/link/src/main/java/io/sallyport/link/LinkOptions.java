package io.sallyport.link;

import io.sallyport.link.policy.OnColdStart;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a workload reaches its control plane. Immutable.
 *
 * @param controlPlane {@code https://host:port}
 * @param token join token's text; secret; {@code null} when {@code tokenFile} is given or the workload has enrolled before
 * @param tokenFile file that holds a join token; read again at every enrolment, so that it may be replaced
 * @param caFile PEM file with the control plane's CA; {@code null}: the CA key that the join token names
 * @param spoolDirectory for events, credential and last policy; should persist across restarts
 * @param spoolBytes most that this process's events and the leftovers it uploads may take on disk
 * @param workload the name that the workload gives itself
 * @param labels shown on the dashboard
 * @param agentVersion version of the agent
 * @param coldStartWait how long governed calls wait for the first policy
 * @param onColdStart what decides after that
 * @param recordingKey file with the key of recordings, made if it is not there; {@code null}: in the spool directory
 */
public record LinkOptions(
        String controlPlane,
        @Nullable String token,
        @Nullable Path tokenFile,
        @Nullable Path caFile,
        Path spoolDirectory,
        long spoolBytes,
        String workload,
        Map<String, String> labels,
        String agentVersion,
        Duration coldStartWait,
        OnColdStart onColdStart,
        @Nullable Path recordingKey) {

    /** 256 MiB. */
    public static final long DEFAULT_SPOOL_BYTES = 256L << 20;

    /** Half a minute. */
    public static final Duration DEFAULT_COLD_START_WAIT = Duration.ofSeconds(30);

    public LinkOptions {
        labels = Map.copyOf(labels);
    }

    /** Options with the defaults for everything that has one. */
    public static LinkOptions of(String controlPlane, Path spoolDirectory, String workload) {
        return new LinkOptions(
                controlPlane,
                null,
                null,
                null,
                spoolDirectory,
                DEFAULT_SPOOL_BYTES,
                workload,
                Map.of(),
                "unknown",
                DEFAULT_COLD_START_WAIT,
                OnColdStart.DENY,
                null);
    }

    public LinkOptions withToken(@Nullable String text) {
        return new LinkOptions(
                controlPlane,
                text,
                tokenFile,
                caFile,
                spoolDirectory,
                spoolBytes,
                workload,
                labels,
                agentVersion,
                coldStartWait,
                onColdStart,
                recordingKey);
    }

    public LinkOptions withTokenFile(@Nullable Path file) {
        return new LinkOptions(
                controlPlane,
                token,
                file,
                caFile,
                spoolDirectory,
                spoolBytes,
                workload,
                labels,
                agentVersion,
                coldStartWait,
                onColdStart,
                recordingKey);
    }

    public LinkOptions withCaFile(@Nullable Path file) {
        return new LinkOptions(
                controlPlane,
                token,
                tokenFile,
                file,
                spoolDirectory,
                spoolBytes,
                workload,
                labels,
                agentVersion,
                coldStartWait,
                onColdStart,
                recordingKey);
    }

    public LinkOptions withSpoolBytes(long bytes) {
        return new LinkOptions(
                controlPlane,
                token,
                tokenFile,
                caFile,
                spoolDirectory,
                bytes,
                workload,
                labels,
                agentVersion,
                coldStartWait,
                onColdStart,
                recordingKey);
    }

    public LinkOptions withLabels(Map<String, String> all) {
        return new LinkOptions(
                controlPlane,
                token,
                tokenFile,
                caFile,
                spoolDirectory,
                spoolBytes,
                workload,
                all,
                agentVersion,
                coldStartWait,
                onColdStart,
                recordingKey);
    }

    public LinkOptions withAgentVersion(String version) {
        return new LinkOptions(
                controlPlane,
                token,
                tokenFile,
                caFile,
                spoolDirectory,
                spoolBytes,
                workload,
                labels,
                version,
                coldStartWait,
                onColdStart,
                recordingKey);
    }

    public LinkOptions withColdStart(Duration wait, OnColdStart then) {
        return new LinkOptions(
                controlPlane,
                token,
                tokenFile,
                caFile,
                spoolDirectory,
                spoolBytes,
                workload,
                labels,
                agentVersion,
                wait,
                then,
                recordingKey);
    }

    public LinkOptions withRecordingKey(@Nullable Path file) {
        return new LinkOptions(
                controlPlane,
                token,
                tokenFile,
                caFile,
                spoolDirectory,
                spoolBytes,
                workload,
                labels,
                agentVersion,
                coldStartWait,
                onColdStart,
                file);
    }

    @Override
    public String toString() {
        return "LinkOptions[" + workload + " → " + controlPlane + "]";
    }
}
