package io.sallyport.core.mask.body;

import io.sallyport.core.mask.BodyMasker;
import java.io.IOException;
import java.io.OutputStream;

/** Reads the beginning of what is compressed, to tell whether anything in it has to be masked. Not thread-safe. */
final class GzipHead {

    /** A body whose first bytes are hidden behind more than this is taken for a document. */
    private static final int LONGEST_LOOK = 1 << 16;

    private final Start start;
    private final BodyMasker inflating;
    private int compressed;
    private boolean damaged;

    /** @param sample a masker of what is compressed, for the beginning only */
    GzipHead(BodyMasker sample) {
        start = new Start(sample);
        inflating = InflatingMasker.gzip(start);
    }

    void read(byte[] bytes, int offset, int length) {
        compressed += length;
        try {
            inflating.update(bytes, offset, length, OutputStream.nullOutputStream());
        } catch (IOException found) {
            // The masker will find it again.
            damaged = true;
        }
    }

    /** Nothing more will come. */
    void end() {
        try {
            inflating.finish(OutputStream.nullOutputStream());
        } catch (IOException found) {
            damaged = true;
        }
    }

    /** Whether nothing of it is masked whatever follows: an archive, or none that a rule concerns. */
    boolean passes() {
        return !damaged && (start.isArchive() || start.length >= TarHeader.LENGTH && start.sample.passes());
    }

    /** The same of a body that has ended. */
    boolean wholePasses() {
        return !damaged && (start.isArchive() || start.sample.passes());
    }

    /** Whether more of it could tell that it passes; what reads as text is not waited for. */
    boolean undecided() {
        return !damaged && compressed < LONGEST_LOOK && (start.length < TarHeader.LENGTH || start.binary);
    }

    private static final class Start implements BodyMasker {

        private final BodyMasker sample;
        private final byte[] bytes = new byte[TarHeader.LENGTH];
        private int length;
        private boolean binary;

        Start(BodyMasker sample) {
            this.sample = sample;
        }

        @Override
        public void update(byte[] from, int offset, int count, OutputStream out) throws IOException {
            int kept = Math.min(count, bytes.length - length);
            System.arraycopy(from, offset, bytes, length, kept);
            length += kept;
            for (int i = offset; i < offset + kept; i++) {
                binary |= from[i] >= 0 && from[i] < 9;
            }
            sample.update(from, offset, count, out);
        }

        boolean isArchive() {
            return TarHeader.isAtStartOf(bytes, length);
        }

        @Override
        public void finish(OutputStream out) throws IOException {
            sample.finish(out);
        }

        @Override
        public int masked() {
            return sample.masked();
        }
    }
}
