package io.sallyport.link.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.sallyport.link.spool.PrivateFiles;
import io.sallyport.protocol.ServerMessage.PolicyUpdate;
import io.sallyport.protocol.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The last policy that was installed, with its signature, on disk. */
public final class PolicyStore {

    private final Path file;

    /** @param directory a private directory */
    public PolicyStore(Path directory) {
        this.file = directory.resolve("policy.json");
    }

    /** @return {@code null} when there is none, or none that can be read; it is then fetched anew */
    @Nullable
    PolicyUpdate load() throws IOException {
        try {
            return Wire.json().readValue(Files.readString(file), PolicyUpdate.class);
        } catch (NoSuchFileException | JsonProcessingException e) {
            return null;
        }
    }

    void save(PolicyUpdate policy) throws IOException {
        PrivateFiles.replace(file, Wire.write(policy).getBytes(StandardCharsets.UTF_8));
    }
}
