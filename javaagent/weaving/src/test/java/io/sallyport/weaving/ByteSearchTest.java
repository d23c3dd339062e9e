package io.sallyport.weaving;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteSearchTest {

    private static final String TEXT = "java/sql/";

    @Test
    void findsWhatTheStringSearchFindsAndNothingElse() {
        ByteSearch search = new ByteSearch(TEXT);
        Random random = new Random(7);
        int found = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            // Pieces of the text in any order, so that it is met almost as often as it is met.
            while (text.length() < 40) {
                int from = random.nextInt(TEXT.length());
                text.append(TEXT, from, from + 1 + random.nextInt(TEXT.length() - from))
                        .append(random.nextInt(5) == 0 ? "\u00e9" : "");
            }
            boolean expected = text.indexOf(TEXT) >= 0;
            found += expected ? 1 : 0;
            assertThat(search.isIn(text.toString().getBytes(StandardCharsets.UTF_8)))
                    .as(text.toString())
                    .isEqualTo(expected);
        }
        assertThat(found).isBetween(1_000, 19_000);
    }

    @Test
    void findsItAtBothEndsAndNotInWhatIsShorter() {
        ByteSearch search = new ByteSearch(TEXT);
        assertThat(search.isIn(TEXT.getBytes(StandardCharsets.US_ASCII))).isTrue();
        assertThat(search.isIn(("x" + TEXT).getBytes(StandardCharsets.US_ASCII)))
                .isTrue();
        assertThat(search.isIn((TEXT + "x").getBytes(StandardCharsets.US_ASCII)))
                .isTrue();
        assertThat(search.isIn("java/sql".getBytes(StandardCharsets.US_ASCII))).isFalse();
        assertThat(search.isIn(new byte[0])).isFalse();
    }
}
