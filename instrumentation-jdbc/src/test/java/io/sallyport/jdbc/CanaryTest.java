package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;

class CanaryTest {

    @Test
    void aDriverThatIsWovenReportsThatItWasRefused() throws Exception {
        WovenProcess.GATE.reset();
        assertThat(refused(WovenProcess.APPLICATION)).isTrue();
    }

    @Test
    void aDriverThatIsNotWovenReportsThatItWasNotRefused() {
        assertThat(WovenProcess.PLAIN_CANARY).isFalse();
    }

    /** The canary's package in a loader of its own, as at start-up. */
    private static boolean refused(ClassLoader parent) throws Exception {
        URL classes = io.sallyport.jdbc.canary.Canary.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {classes}, parent)) {
            return (Boolean) loader.loadClass("io.sallyport.jdbc.canary.Canary")
                    .getMethod("refused")
                    .invoke(null);
        }
    }
}
