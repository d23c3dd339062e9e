package io.sallyport.jdbc;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Weaves the process before its first test class prepares anything, whichever class that is: a driver that a test's server loaded before keeps its
 * states elsewhere ({@link WovenProcess} is about applications that start under the agent). Found as a service.
 */
public final class WeaveFirst implements BeforeAllCallback {

    @Override
    public void beforeAll(ExtensionContext context) {
        WovenProcess.GATE.reset();
    }
}
