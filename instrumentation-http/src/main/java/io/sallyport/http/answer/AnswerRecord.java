package io.sallyport.http.answer;

import io.sallyport.core.command.HttpCommand;
import io.sallyport.core.mask.BodyMasker;
import io.sallyport.core.record.Answered;
import io.sallyport.core.verdict.Passage;
import io.sallyport.http.SeenTls;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ref.Cleaner;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what a call was answered: where its body passes untouched, when the head is there, with the length that the head states;
 * else when the body ends, fails or is given up.
 *
 * <p>Not every client tells us that it gives a body up. Such a body is recorded when its masker is collected; until then this object, which
 * the masker refers to and which does not refer to it, knows how much of it was read.
 */
final class AnswerRecord implements Runnable {

    private static final Cleaner CLEANER = Cleaner.create();

    private final Passage passage;
    private final String facts;
    private final @Nullable BodySample sample;
    private volatile long bytes;
    private volatile int masked;

    private AnswerRecord(Passage passage, String facts, @Nullable BodySample sample) {
        this.passage = passage;
        this.facts = facts;
        this.sample = sample;
    }

    /**
     * @param status of the answer
     * @param sent length of the request's body; -1 where unknown
     * @param length of the answer's body; -1 where unknown
     * @param headers what is said of header fields, empty for nothing
     */
    static void head(Passage passage, int status, long sent, long length, String headers) {
        if (!passage.isRecorded()) {
            return;
        }
        passage.completed(answered(passage, facts(status, sent) + headers, length < 0 ? null : length, null, null));
    }

    /** @return the masker to use in place of {@code masker} */
    static BodyMasker body(
            Passage passage, int status, long sent, String headers, BodyMasker masker, @Nullable BodySample sample) {
        AnswerRecord record = new AnswerRecord(passage, facts(status, sent) + headers, sample);
        Watched watched = new Watched(masker, record);
        CLEANER.register(watched, record);
        return watched;
    }

    private static String facts(int status, long sent) {
        return sent < 0 ? "status " + status : "status " + status + "; sent " + sent + " bytes";
    }

    private static Answered answered(
            Passage passage,
            String facts,
            @Nullable Long bytes,
            @Nullable Map<String, Long> cells,
            @Nullable String sample) {
        String tls = passage.command() instanceof HttpCommand http ? SeenTls.of(http.target()) : null;
        return new Answered(-1, facts, tls, bytes, cells, sample);
    }

    /** The body is over, in one way or another. The first to say so is right. */
    @Override
    public void run() {
        List<String> rules = passage.masked();
        Map<String, Long> cells =
                masked == 0 || rules.isEmpty() ? null : Map.of(String.join("+", rules), (long) masked);
        String seen = sample == null ? null : sample.text();
        passage.completed(answered(passage, facts, bytes, cells, seen));
    }

    /** A body of which is counted what goes out. Not thread-safe. */
    private static final class Watched implements BodyMasker {

        private final BodyMasker masker;
        private final AnswerRecord record;
        private final Counting counting = new Counting();

        Watched(BodyMasker masker, AnswerRecord record) {
            this.masker = masker;
            this.record = record;
        }

        @Override
        public void update(byte[] bytes, int offset, int length, OutputStream out) throws IOException {
            try {
                masker.update(bytes, offset, length, counting.to(out));
                record.masked = masker.masked();
            } catch (IOException | RuntimeException | Error e) {
                record.passage.failed(e);
                throw e;
            }
        }

        @Override
        public void finish(OutputStream out) throws IOException {
            try {
                masker.finish(counting.to(out));
                record.masked = masker.masked();
            } catch (IOException | RuntimeException | Error e) {
                record.passage.failed(e);
                throw e;
            }
            record.run();
        }

        @Override
        public void abandoned() {
            record.run();
        }

        @Override
        public int masked() {
            return masker.masked();
        }

        private final class Counting extends OutputStream {

            private OutputStream out = OutputStream.nullOutputStream();

            OutputStream to(OutputStream next) {
                out = next;
                return this;
            }

            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread writes
            public void write(byte[] bytes, int offset, int length) throws IOException {
                record.bytes += length;
                if (record.sample != null) {
                    record.sample.add(bytes, offset, length);
                }
                out.write(bytes, offset, length);
            }
        }
    }
}
