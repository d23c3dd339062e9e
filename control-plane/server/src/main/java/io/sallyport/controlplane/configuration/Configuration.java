package io.sallyport.controlplane.configuration;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The settings file as a whole. Every part may be absent.
 *
 * @param url where browsers reach this control plane, {@code https://cp.example.com:8443}; sign-in and links need it
 */
public record Configuration(@Nullable URI url, @Nullable SignInSettings signIn, WorkloadSettings workloads) {

    @SuppressWarnings("RedundantNullCheck") // Jackson fills absent members with null.
    public Configuration {
        workloads = workloads == null ? WorkloadSettings.NONE : workloads;
    }

    /** No settings file. */
    public static final Configuration NONE = new Configuration(null, null, WorkloadSettings.NONE);

    /** Where browsers reach this control plane, without a slash at the end. */
    public String publicUrl() {
        if (url == null) {
            throw new IllegalStateException("settings without url");
        }
        String text = url.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }
}
