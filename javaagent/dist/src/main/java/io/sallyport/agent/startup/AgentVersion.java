package io.sallyport.agent.startup;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** The agent's own version, from a resource that the build fills in. */
public final class AgentVersion {

    private AgentVersion() {}

    public static String current() {
        try (InputStream in = AgentVersion.class.getResourceAsStream("/sallyport-version.properties")) {
            if (in == null) {
                return "unknown";
            }
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version", "unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }
}
