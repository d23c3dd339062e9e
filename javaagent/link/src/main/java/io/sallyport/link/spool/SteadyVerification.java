package io.sallyport.link.spool;

import io.sallyport.link.spool.SpoolVerifier.Expected;
import io.sallyport.link.spool.VerifyResult.SpoolState;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks a recording whose process may be writing it, beginning segments, deleting what was confirmed, ending it or removing it meanwhile. What is
 * read of it then can be one part before such a step and the other behind it, and look like an alteration. So what is found counts if no file came, went or
 * changed while it was looked for, or if it is found again and again: an alteration stays.
 */
final class SteadyVerification {

    /** The same finding so often in a row is none of a moment. */
    private static final int AGAIN = 3;

    private static final int TRIES = 20;

    /** Longer than the steps take. */
    private static final long PAUSE_MILLIS = 50;

    private SteadyVerification() {}

    /** @return {@code null} where the recording was removed meanwhile, or has not begun */
    static @Nullable SpoolState of(SpoolDirectory directory, Expected expected) throws IOException {
        String found = null;
        int times = 0;
        for (int tries = 1; ; tries++) {
            try {
                if (directory.isUnbegun()) {
                    return null;
                }
                List<String> before = files(directory);
                SpoolState state = new SpoolVerifier(directory, expected).run();
                times = Objects.equals(state.problem(), found) ? times + 1 : 1;
                found = state.problem();
                if (found == null || times == AGAIN || tries == TRIES || before.equals(files(directory))) {
                    return state;
                }
            } catch (NoSuchFileException | FileNotFoundException gone) {
                if (!Files.exists(directory.path())) {
                    return null;
                }
                if (tries == TRIES) {
                    throw gone;
                }
            }
            pause();
        }
    }

    /** What there is, with its length: lanes have the same for as long as they are there. And how far it is sealed, deleted and confirmed. */
    private static List<String> files(SpoolDirectory directory) throws IOException {
        List<String> found = new ArrayList<>();
        List<Path> paths;
        try (Stream<Path> listed = Files.list(directory.path())) {
            paths = listed.sorted().toList();
        }
        for (Path path : paths) {
            found.add(path.getFileName() + " " + Files.size(path));
        }
        found.add(HeadFile.claimed(directory) + " " + directory.acknowledged() + " " + directory.deleted());
        return found;
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
