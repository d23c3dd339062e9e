package io.sallyport.jdbc.vendor;

import io.sallyport.core.command.Target;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a JDBC URL and its properties say, as the driver will read them.
 *
 * @param target where the connection goes
 * @param settings effective settings, names as the driver spells them (in upper case where the driver ignores case); secrets are
 *     left out
 * @param user user that the connection authenticates as; empty where none is named
 */
public record ConnectUrl(Target target, Map<String, String> settings, String user) {

    public ConnectUrl {
        settings = Map.copyOf(settings);
    }

    /** A setting of that name, or {@code null}. */
    public @Nullable String setting(String name) {
        return settings.get(name);
    }

    /** The same with settings in place of the given ones. */
    public ConnectUrl with(Map<String, String> changes) {
        Map<String, String> changed = new TreeMap<>(settings);
        changed.putAll(changes);
        return new ConnectUrl(target, changed, user);
    }
}
