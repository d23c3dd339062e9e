package io.sallyport.link.spool;

import io.sallyport.protocol.AgentMessage.Disk;
import io.sallyport.protocol.ConfirmedRecording;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a place's processes say of its recordings, so that one that somebody else removes is missed: those that are there, and those that were
 * deleted because the control plane had confirmed all of them, signed, until it has heard that.
 *
 * <p>The latter are lines {@code ID LAST SIGNATURE} of the file {@code confirmed}, each written before its recording is deleted. Not thread-safe.
 */
public final class RecordingsOnDisk {

    private static final Logger LOG = LoggerFactory.getLogger(RecordingsOnDisk.class);

    static final String CONFIRMED = "confirmed";

    private final Path place;

    public RecordingsOnDisk(Path place) {
        this.place = place;
    }

    /** All of {@code directory} is confirmed, which is deleted unless it is damaged. */
    static void confirmed(SpoolDirectory directory, long last, RecordingKey key) throws IOException {
        Path place = directory.path().getParent();
        if (place != null && !directory.isDamaged()) {
            byte[] signature = key.sign(ConfirmedRecording.signed(directory.id(), last));
            Path file = place.resolve(CONFIRMED);
            if (!Files.exists(file)) {
                PrivateFiles.create(file);
            }
            Files.writeString(
                    file,
                    directory.id() + " " + last + " " + Base64.getEncoder().encodeToString(signature) + "\n",
                    StandardCharsets.US_ASCII,
                    StandardOpenOption.APPEND);
        }
        directory.delete();
    }

    /** @return {@code null} where that cannot be read */
    public @Nullable Disk report() {
        try {
            return new Disk(
                    SpoolDirectory.below(place).stream().map(SpoolDirectory::id).toList(), confirmed());
        } catch (IOException e) {
            LOG.debug("What is recorded in {} cannot be listed", place, e);
            return null;
        }
    }

    private List<ConfirmedRecording> confirmed() throws IOException {
        List<ConfirmedRecording> confirmed = new ArrayList<>();
        for (String line : lines()) {
            String[] parts = line.split(" ", 3);
            if (parts.length == 3 && parts[1].matches("[0-9]{1,18}")) {
                confirmed.add(new ConfirmedRecording(parts[0], Long.parseLong(parts[1]), parts[2]));
            }
        }
        return confirmed;
    }

    /** The control plane has heard it. */
    public void heard(Disk report) {
        List<String> told =
                report.confirmed().stream().map(ConfirmedRecording::recording).toList();
        if (told.isEmpty()) {
            return;
        }
        try {
            StringBuilder rest = new StringBuilder();
            for (String line : lines()) {
                if (!told.contains(line.split(" ", 2)[0])) {
                    rest.append(line).append('\n');
                }
            }
            PrivateFiles.replace(place.resolve(CONFIRMED), rest.toString().getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // It hears it again.
            LOG.debug("What was heard of {} cannot be noted", place, e);
        }
    }

    private List<String> lines() throws IOException {
        try {
            return Files.readAllLines(place.resolve(CONFIRMED), StandardCharsets.US_ASCII);
        } catch (NoSuchFileException none) {
            return List.of();
        }
    }
}
