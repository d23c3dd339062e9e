package io.sallyport.controlplane.policy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The policy of a control plane that was started without one: it watches, and changes nothing. */
public final class StarterPolicy {

    public static String text() {
        try (InputStream stream = StarterPolicy.class.getResourceAsStream("starter.yaml")) {
            if (stream == null) {
                throw new IllegalStateException("the starter policy is missing from the jar");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private StarterPolicy() {}
}
