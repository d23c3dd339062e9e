package io.sallyport.controlplane.configuration;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings file as a whole. Every part may be absent.
 *
 * @param url where browsers reach this control plane, {@code https://cp.example.com:8443}; sign-in and links need it
 */
public record Configuration(
        @Nullable URI url,
        @Nullable SignInSettings signIn,
        WorkloadSettings workloads,
        @JsonProperty("escalate") List<EscalationSettings> escalations,
        @JsonProperty("notify") List<NotifySettings> notifications,
        @JsonProperty("stream") List<StreamSettings> streams,
        LimitSettings limits) {

    @SuppressWarnings("RedundantNullCheck") // Jackson fills absent members with null.
    public Configuration {
        workloads = workloads == null ? WorkloadSettings.NONE : workloads;
        escalations = escalations == null ? List.of() : List.copyOf(escalations);
        streams = streams == null ? List.of() : List.copyOf(streams);
        limits = limits == null ? LimitSettings.STANDARD : limits;
        notifications = notifications == null ? List.of() : List.copyOf(notifications);
    }

    /** No settings file. */
    public static final Configuration NONE = new Configuration(
            null, null, WorkloadSettings.NONE, List.of(), List.of(), List.of(), LimitSettings.STANDARD);

    /** Where browsers reach this control plane, without a slash at the end. */
    public String publicUrl() {
        if (url == null) {
            throw new IllegalStateException("settings without url");
        }
        String text = url.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }
}
