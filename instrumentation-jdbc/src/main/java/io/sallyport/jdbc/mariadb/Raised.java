package io.sallyport.jdbc.mariadb;

import java.util.Map;
import org.mariadb.jdbc.Configuration;

/** A configuration with other settings: a new one, since they are immutable. */
final class Raised {

    private Raised() {}

    static boolean isPooled(Object configuration) {
        return ((Configuration) configuration).pool();
    }

    static Object configuration(Object given, Map<String, String> changes) {
        Configuration.Builder builder = ((Configuration) given).toBuilder();
        changes.forEach((name, value) -> {
            switch (name) {
                case "sslMode" -> builder.sslMode(value);
                case "serverSslCert" -> builder.serverSslCert(value);
                case "enabledSslProtocolSuites" -> builder.enabledSslProtocolSuites(value);
                default -> {
                    // Settings of version 2, whose configurations are none of this class.
                }
            }
        });
        return builder.build();
    }
}
