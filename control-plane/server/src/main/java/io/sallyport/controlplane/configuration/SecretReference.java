package io.sallyport.controlplane.configuration;

import io.sallyport.controlplane.StartFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Secrets stand beside the settings file, never in it: {@code env:NAME} or {@code file:PATH}. */
public final class SecretReference {

    /**
     * @param setting what the secret is for, for the message
     * @throws StartFailure that does not repeat the reference: somebody may have put the secret itself there
     */
    public static String read(String reference, String setting) {
        if (reference.startsWith("env:")) {
            String name = reference.substring(4);
            String value = System.getenv(name);
            if (value == null || value.isBlank()) {
                throw new StartFailure(
                        "settings: " + setting + " names the environment variable " + name + ", which is not set");
            }
            return value.strip();
        }
        if (reference.startsWith("file:")) {
            Path file = Path.of(reference.substring(5));
            try {
                return Files.readString(file, StandardCharsets.UTF_8).strip();
            } catch (IOException e) {
                throw new StartFailure(
                        "settings: " + setting + " names the file " + file + ", which cannot be read", e);
            }
        }
        throw new StartFailure("settings: " + setting + " takes env:NAME or file:PATH, never the secret itself");
    }

    private SecretReference() {}
}
