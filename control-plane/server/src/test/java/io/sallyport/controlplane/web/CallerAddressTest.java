package io.sallyport.controlplane.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CallerAddressTest {

    @Test
    void aNetworkOf64BitsIsOneCaller() {
        String one = CallerAddress.counted("2001:db8:1:2:3:4:5:6");

        assertThat(CallerAddress.counted("[2001:db8:1:2::1]")).isEqualTo(one);
        assertThat(CallerAddress.counted("2001:db8:1:3::1")).isNotEqualTo(one);
    }

    @Test
    void whatIsNoSuchNetworkIsItself() {
        assertThat(CallerAddress.counted("192.0.2.7")).isEqualTo("192.0.2.7");
        assertThat(CallerAddress.counted("::1")).isEqualTo("::1");
        assertThat(CallerAddress.counted("::ffff:192.0.2.7")).isEqualTo("::ffff:192.0.2.7");
    }
}
