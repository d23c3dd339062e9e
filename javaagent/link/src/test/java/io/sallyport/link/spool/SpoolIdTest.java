package io.sallyport.link.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;

/** Recordings are told apart, and sorted, by their names. */
class SpoolIdTest {

    @Test
    void aNameBeginsWithTheTimeOfTheStartInDigitsThatSort() {
        assertThat(SpoolId.time(LocalDateTime.of(2026, 1, 2, 3, 4, 5))).isEqualTo("20260102T030405Z");
        assertThat(SpoolId.time(LocalDateTime.of(2026, 11, 29, 23, 59, 59))).isEqualTo("20261129T235959Z");
    }

    @Test
    void aNewNameIsOneAndNoOtherIs() {
        assertThat(SpoolId.isOne(SpoolId.next())).isTrue();
        assertThat(SpoolId.next()).isNotEqualTo(SpoolId.next());
        assertThat(SpoolId.isOne("20260102T030405Z")).isFalse();
    }
}
