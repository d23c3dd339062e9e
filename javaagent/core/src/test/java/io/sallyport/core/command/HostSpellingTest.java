package io.sallyport.core.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostSpellingTest {

    @ParameterizedTest
    @CsvSource({
        "Users.Internal,users.internal",
        "users.internal.,users.internal",
        "users_internal,users_internal",
        "b\u00fccher.example,xn--bcher-kva.example",
        "127.0.0.1,127.0.0.1",
        "127.1,127.0.0.1",
        "2130706433,127.0.0.1",
        "0x7f000001,127.0.0.1",
        "0x7f.1,127.0.0.1",
        "0251.0376.0251.0376,169.254.169.254",
        "169.254.43518,169.254.169.254",
        "1.2.3.4.5,1.2.3.4.5",
        "256.1.1.1,256.1.1.1",
        "10.0.0.host,10.0.0.host",
        "[::1],::1",
        "0:0:0:0:0:0:0:1,::1",
        "::,::",
        "fd00:ec2:0:0:0:0:0:254,fd00:ec2::254",
        "2001:db8:0:0:1:0:0:1,2001:db8::1:0:0:1",
        "::ffff:169.254.169.254,169.254.169.254",
        "::ffff:a9fe:a9fe,169.254.169.254",
        "fe80::1%eth0,fe80::1",
    })
    void spellingsOfOneHostAreOne(String spelling, String canonical) {
        assertThat(HostSpelling.of(spelling)).first().isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource({"0177.0.0.1,127.0.0.1,177.0.0.1", "010.0.0.1,8.0.0.1,10.0.0.1"})
    void whereClientsDisagreeBothAreMeant(String spelling, String octal, String decimal) {
        assertThat(HostSpelling.of(spelling)).containsExactly(octal, decimal);
    }
}
