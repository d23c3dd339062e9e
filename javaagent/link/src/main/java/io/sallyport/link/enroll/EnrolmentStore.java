package io.sallyport.link.enroll;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.sallyport.link.spool.PrivateFiles;
import io.sallyport.protocol.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The enrolment on disk: mode 0600, in a private directory. */
public final class EnrolmentStore {

    private final Path file;

    /** @param directory a private directory */
    public EnrolmentStore(Path directory) {
        this.file = directory.resolve("enrolment.json");
    }

    /** @return {@code null} when there is none, or none that can be understood; the workload then enrols again */
    public @Nullable Enrolment load() throws IOException {
        try {
            Enrolment read = Wire.json().readValue(Files.readString(file), Enrolment.class);
            return complete(read) ? read : null;
        } catch (NoSuchFileException | JsonProcessingException e) {
            return null;
        }
    }

    public void save(Enrolment enrolment) throws IOException {
        PrivateFiles.replace(file, Wire.write(enrolment).getBytes(StandardCharsets.UTF_8));
    }

    @SuppressWarnings("RedundantNullCheck") // Jackson fills absent members with null.
    private static boolean complete(@Nullable Enrolment read) {
        return read != null
                && read.controlPlane() != null
                && read.caPin() != null
                && read.tokenId() != null
                && read.instance() != null
                && read.policyKey() != null;
    }
}
