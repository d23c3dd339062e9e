package io.sallyport.link.enroll;

import io.sallyport.link.LinkException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the token that admits this workload comes from: a join token, or an identity token that something else keeps fresh (a Kubernetes
 * projected service account token, a workload identity helper). A file is read anew each time, so that an operator can put a fresh token there while the workload runs.
 *
 * @param text the token itself; wins over the file
 * @param file a file that holds it
 */
public record TokenSource(@Nullable String text, @Nullable Path file) {

    /**
     * The token as it is now.
     *
     * @return {@code null} when none is configured or the file is not there
     * @throws LinkException when what is there is neither; the message does not repeat it
     */
    public @Nullable EnrolToken read() throws LinkException {
        String origin = file == null || text != null ? "SALLYPORT_TOKEN" : "the token file " + file;
        String token = text;
        if (token == null && file != null) {
            try {
                token = Files.readString(file);
            } catch (NoSuchFileException e) {
                return null;
            } catch (IOException e) {
                throw new LinkException(
                        "cannot read " + origin + " (" + e.getClass().getSimpleName()
                                + "): check its path and permissions",
                        e);
            }
        }
        if (token == null) {
            return null;
        }
        try {
            return EnrolToken.parse(token);
        } catch (IllegalArgumentException e) {
            throw new LinkException(
                    origin + ": " + e.getMessage() + "; create one with the control plane's join-token command", e);
        }
    }

    @Override
    public String toString() {
        return "TokenSource[" + (text != null ? "text" : String.valueOf(file)) + "]";
    }
}
