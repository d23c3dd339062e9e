package io.sallyport.controlplane.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BodyRoomTest {

    private static final int MIB = 1024 * 1024;

    private final BodyRoom room = new BodyRoom();

    @Test
    void oneAddressHasItsPartAndLeavesTheRest() {
        assertThat(room.take("a", 8 * MIB)).isTrue();
        assertThat(room.take("a", 1)).isFalse();
        assertThat(room.take("b", MIB)).isTrue();
        room.leave("a", MIB);
        assertThat(room.take("a", MIB)).isTrue();
        assertThat(room.take("a", 1)).isFalse();
    }

    @Test
    void allTogetherHaveNoMoreThanThereIs() {
        for (int i = 0; i < 8; i++) {
            assertThat(room.take("a" + i, 8 * MIB)).isTrue();
        }
        assertThat(room.take("b", 1)).isFalse();
        room.leave("a0", 1);
        assertThat(room.take("b", 1)).isTrue();
    }
}
