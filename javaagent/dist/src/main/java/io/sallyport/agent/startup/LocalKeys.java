package io.sallyport.agent.startup;

import io.sallyport.core.policy.KeySource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Keys from this process's environment ({@code env:NAME}) and from files ({@code file:PATH}, trailing line end cut). */
final class LocalKeys implements KeySource {

    @Override
    public byte @Nullable [] resolve(String reference) {
        if (reference.startsWith("env:")) {
            String value = System.getenv(reference.substring("env:".length()));
            return value == null ? null : value.getBytes(StandardCharsets.UTF_8);
        }
        if (reference.startsWith("file:")) {
            try {
                return Files.readString(Path.of(reference.substring("file:".length())))
                        .strip()
                        .getBytes(StandardCharsets.UTF_8);
            } catch (IOException e) {
                return null;
            }
        }
        return null;
    }
}
