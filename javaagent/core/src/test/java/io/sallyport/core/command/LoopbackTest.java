package io.sallyport.core.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "LOCALHOST.", "127.0.0.1", "127.255.255.254", "127.1", "::1", "[0:0:0:0:0:0:0:1]"})
    void isItUnderAllItsNames(String host) {
        assertThat(Loopback.is(host)).isTrue();
        assertThat(Loopback.isReachedBy(host)).isTrue();
    }

    /** The operating system reads the last one as 127.0.0.1, Java as 177.0.0.1. */
    @ParameterizedTest
    @ValueSource(
            strings = {"127.example.org", "localhost.example.org", "128.0.0.1", "10.0.0.1", "::2", "", "0177.0.0.1"})
    void isNoOtherHost(String host) {
        assertThat(Loopback.is(host)).isFalse();
        assertThat(Loopback.isReachedBy(host)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::"})
    void isReachedByTheUnspecifiedAddressWhichIsExemptFromNothing(String host) throws Exception {
        assertThat(Loopback.is(host)).isFalse();
        assertThat(Loopback.isReachedBy(host)).isTrue();
        assertThat(Loopback.isReachedBy(InetAddress.getByName(host))).isTrue();
    }
}
