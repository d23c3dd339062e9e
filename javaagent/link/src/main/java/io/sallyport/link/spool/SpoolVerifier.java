package io.sallyport.link.spool;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks recordings: any altered, reordered, dropped or inserted record is found and named. The chain is not signed, so it proves this
 * against whoever cannot rewrite everything behind the change; the end of a spool is proven by the control plane's last confirmed number.
 */
public final class SpoolVerifier {

    /**
     * Checks the spool in {@code directory}, or every spool below it.
     *
     * @throws IOException when a file cannot be read
     */
    public static VerifyResult verify(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new NotDirectoryException(directory.toString());
        }
        List<Path> found;
        try (Stream<Path> paths = Files.walk(directory.toRealPath())) {
            found = paths.filter(Files::isDirectory)
                    .filter(path -> SpoolId.isOne(String.valueOf(path.getFileName())))
                    .sorted(Comparator.comparing(path -> String.valueOf(path.getFileName())))
                    .toList();
        }
        List<VerifyResult.SpoolState> states = new ArrayList<>();
        for (Path path : found) {
            states.add(new SpoolVerifier(new SpoolDirectory(path)).run());
        }
        return new VerifyResult(states);
    }

    private final SpoolDirectory directory;
    private final SpoolDirectory.@Nullable Anchor deleted;
    private long first;
    private long last;
    private long records;
    private String chain = "";
    private boolean tornTail;
    private @Nullable String problem;

    private SpoolVerifier(SpoolDirectory directory) throws IOException {
        this.directory = directory;
        this.deleted = directory.deleted();
    }

    private VerifyResult.SpoolState run() throws IOException {
        List<Long> segments = directory.segments();
        for (int i = 0; i < segments.size() && problem == null; i++) {
            segment(segments.get(i), i == segments.size() - 1);
        }
        if (problem == null) {
            long acknowledged = directory.acknowledged();
            long end = Math.max(last, deleted == null ? 0 : deleted.sequence());
            if (acknowledged > end) {
                problem = "records " + (end + 1) + " to " + acknowledged
                        + " are missing: the control plane has confirmed them";
            }
        }
        return new VerifyResult.SpoolState(directory.id(), directory.path(), records, first, last, tornTail, problem);
    }

    private void segment(long name, boolean lastSegment) throws IOException {
        Path file = directory.segment(name);
        if (records > 0 && name != last + 1) {
            problem = file.getFileName() + ": records " + (last + 1) + " to " + (name - 1) + " are missing";
            return;
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 64 * 1024)) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            int number = 1;
            for (int b = in.read(); b >= 0 && problem == null; b = in.read()) {
                if (b == '\n') {
                    String wrong = line(line.toByteArray(), number == 1 ? name : last + 1);
                    problem = wrong == null ? null : file.getFileName() + " line " + number + ": " + wrong;
                    line.reset();
                    number++;
                } else {
                    line.write(b);
                }
            }
            if (problem == null && line.size() > 0) {
                if (lastSegment) {
                    tornTail = true;
                } else {
                    problem = file.getFileName() + " line " + number + ": cut off, but more records follow";
                }
            }
        }
    }

    private @Nullable String line(byte[] text, long expected) {
        SpoolRecord record = SpoolRecord.parse(text, text.length);
        if (record == null) {
            return "record " + expected + " was altered (its hash does not match)";
        }
        if (record.sequence() != expected) {
            return "record " + expected + " expected, record " + record.sequence()
                    + " found: dropped, inserted or reordered";
        }
        String before = records > 0 ? chain : anchor(expected);
        if (before == null) {
            return "records before " + expected + " are missing";
        }
        if (!before.isEmpty() && !before.equals(record.previous())) {
            return "record " + expected + " does not continue from the one before";
        }
        if (deleted != null && deleted.sequence() == expected && !deleted.hash().equals(record.hash())) {
            return "record " + expected + " is not the one that was confirmed";
        }
        if (records == 0) {
            first = expected;
        }
        chain = record.hash();
        last = expected;
        records++;
        return null;
    }

    /** What the first record must continue from; empty where that cannot be known, {@code null} where records are missing. */
    private @Nullable String anchor(long sequence) {
        if (sequence == 1) {
            return SpoolRecord.genesis(directory.id());
        }
        if (deleted == null || sequence > deleted.sequence() + 1) {
            return null;
        }
        // Killed between noting the deletion and the deletion: the chain meets the note further on.
        return sequence == deleted.sequence() + 1 ? deleted.hash() : "";
    }
}
