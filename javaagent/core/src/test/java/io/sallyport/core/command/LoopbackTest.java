package io.sallyport.core.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackTest {

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST.", "127.0.0.1", "127.255.255.254", "::1", "[0:0:0:0:0:0:0:1]"})
    void isItUnderAllItsNames(String host) {
        assertThat(Loopback.is(host)).isTrue();
        assertThat(Loopback.isReachedBy(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.example.org", "localhost.example.org", "128.0.0.1", "10.0.0.1", "::2", ""})
    void isNoOtherHost(String host) {
        assertThat(Loopback.is(host)).isFalse();
        assertThat(Loopback.isReachedBy(host)).isFalse();
    }

    /** To the operating system they are 127.0.0.1; to Java the first is 177.0.0.1, to Netty's resolver the others are names. */
    @ParameterizedTest
    @ValueSource(strings = {"0177.0.0.1", "127.1", "2130706433"})
    void isPerhapsReachedByWhatNotEverybodyReadsAlike(String host) {
        assertThat(Loopback.is(host)).isFalse();
        assertThat(Loopback.isReachedBy(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::"})
    void isReachedByTheUnspecifiedAddressWhichIsExemptFromNothing(String host) throws Exception {
        assertThat(Loopback.is(host)).isFalse();
        assertThat(Loopback.isReachedBy(host)).isTrue();
        assertThat(Loopback.isReachedBy(InetAddress.getByName(host))).isTrue();
    }
}
