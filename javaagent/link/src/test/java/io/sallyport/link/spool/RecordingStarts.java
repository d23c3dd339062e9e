package io.sallyport.link.spool;

import io.sallyport.link.testing.Samples;
import java.nio.file.Path;

/** A process that starts one recording after the other in a directory that others use, every second one for nothing; fails where one does not keep its event. */
public final class RecordingStarts {

    static final int RECORDED = 40;

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        for (int i = 0; i < 2 * RECORDED; i++) {
            try (LocalRecording recording = LocalRecording.open(directory, 1 << 20, null)) {
                if (i % 2 == 0 && !recording.append(Samples.event(i))) {
                    throw new IllegalStateException("an event was not kept");
                }
            }
        }
    }

    private RecordingStarts() {}
}
