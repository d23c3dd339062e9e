package io.sallyport.core.mask.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.mask.BodyMasker;
import io.sallyport.core.mask.BodyRefusedException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every body of the corpus, at every split point and truncation. */
class BodyCorpusTest {
    private static final int RANDOM_SPLITS = Boolean.getBoolean("sallyport.soak") ? 20_000 : 50;

    static Stream<BodyCase> bodies() {
        return BodyCase.all();
    }

    static Stream<BodyCase> readable() {
        return BodyCase.all().filter(c -> !c.refused());
    }

    private static byte[] mask(BodyCase body, int... splits) throws IOException {
        return mask(body, body.clear(), splits);
    }

    private static byte[] mask(BodyCase body, byte[] clear, int... splits) throws IOException {
        BodyMasker masker = body.plan().masker(body.type());
        if (masker == null) {
            return clear;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int from = 0;
        for (int split : splits) {
            feed(masker, clear, from, split, out);
            from = split;
        }
        feed(masker, clear, from, clear.length, out);
        masker.finish(out);
        return out.toByteArray();
    }

    /** Feeds a copy with other bytes around it, which is wiped afterwards: a masker must keep no reference to its input. */
    private static void feed(BodyMasker masker, byte[] clear, int from, int to, ByteArrayOutputStream out)
            throws IOException {
        byte[] chunk = new byte[to - from + 7];
        Arrays.fill(chunk, (byte) '"');
        System.arraycopy(clear, from, chunk, 3, to - from);
        masker.update(chunk, 3, to - from, out);
        Arrays.fill(chunk, (byte) '#');
    }

    @ParameterizedTest
    @MethodSource("readable")
    void bodyIsMaskedAndOtherwiseUntouched(BodyCase body) throws IOException {
        assertThat(new String(mask(body), body.charset())).isEqualTo(new String(body.masked(), body.charset()));
        assertThat(mask(body)).isEqualTo(body.masked());
    }

    @ParameterizedTest
    @MethodSource("readable")
    void maskedValuesAreCounted(BodyCase body) throws IOException {
        BodyMasker masker = body.plan().masker(body.type());
        if (masker != null) {
            masker.over(new ByteArrayInputStream(body.clear())).readAllBytes();
            assertThat(masker.masked() > 0).isEqualTo(body.changes() > 0);
        }
    }

    @ParameterizedTest
    @MethodSource("readable")
    void everySplitGivesTheSame(BodyCase body) throws IOException {
        byte[] expected = body.masked();
        int length = body.clear().length;
        for (int split = 0; split <= length; split++) {
            assertThat(mask(body, split)).as("split at %d", split).isEqualTo(expected);
        }
        int[] every = new int[length];
        for (int i = 0; i < length; i++) {
            every[i] = i;
        }
        assertThat(mask(body, every)).as("byte by byte").isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("readable")
    void randomSplitsGiveTheSame(BodyCase body) throws IOException {
        Random random = new Random(body.name().hashCode());
        int length = body.clear().length;
        for (int i = 0; i < RANDOM_SPLITS; i++) {
            int[] splits =
                    random.ints(1 + random.nextInt(6), 0, length + 1).sorted().toArray();
            assertThat(mask(body, splits))
                    .as("splits %s", Arrays.toString(splits))
                    .isEqualTo(body.masked());
        }
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void noTruncationLeaks(BodyCase body) {
        byte[] clear = body.clear();
        for (int length = 0; length < clear.length; length++) {
            BodyMasker masker = body.plan().masker(body.type());
            if (masker == null) {
                return;
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try {
                masker.update(clear, 0, length, out);
                masker.finish(out);
            } catch (BodyRefusedException truncated) {
                // What was released before is looked at all the same.
            } catch (IOException other) {
                throw new AssertionError(other);
            }
            String released = new String(out.toByteArray(), body.charset());
            for (String secret : body.secrets()) {
                assertThat(released).as("cut at %d", length).doesNotContain(secret);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void noDamageThrowsAnythingButARefusal(BodyCase body) {
        Random random = new Random(body.name().hashCode() + 1);
        for (int i = 0; i < RANDOM_SPLITS; i++) {
            byte[] damaged = body.clear();
            for (int n = random.nextInt(3); n >= 0 && damaged.length > 0; n--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                mask(body, damaged, random.nextInt(damaged.length + 1));
            } catch (BodyRefusedException refused) {
                assertThat(refused).hasMessageContaining("mask rule");
            } catch (IOException other) {
                throw new AssertionError(other);
            }
        }
    }

    static Stream<BodyCase> refused() {
        return BodyCase.all().filter(BodyCase::refused);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void unreadableBodyIsRefusedAndNothingOfItLeaks(BodyCase body) {
        assertThatThrownBy(() -> mask(body))
                .isInstanceOf(BodyRefusedException.class)
                .message()
                .doesNotContain("secret");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BodyMasker masker = body.plan().masker(body.type());
        assertThatThrownBy(() -> {
                    masker.update(body.clear(), 0, body.clear().length, out);
                    masker.finish(out);
                })
                .isInstanceOf(BodyRefusedException.class);
        assertThat(new String(out.toByteArray(), body.charset())).doesNotContain("secret");
    }
}
