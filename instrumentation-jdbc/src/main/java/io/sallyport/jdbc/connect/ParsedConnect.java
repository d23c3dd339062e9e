package io.sallyport.jdbc.connect;

import io.sallyport.jdbc.Jdbc;
import io.sallyport.jdbc.vendor.ConnectUrl;
import io.sallyport.jdbc.vendor.Vendor;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Connects with a configuration that a driver has parsed already: data sources and pools of its own, which ask no {@code Driver}. */
public final class ParsedConnect {

    private ParsedConnect() {}

    /**
     * @param read what the configuration says
     * @param own whether a surrounding connect to the same place stands for another connection: the driver fills a pool
     * @param changed makes the configuration that has other settings
     * @return token for {@link ConnectFlow#exit} and the configuration to use; {@code null} inside a connect that was admitted
     */
    public static @Nullable Object @Nullable [] enter(
            ConnectUrl read, boolean own, Object configuration, Function<Map<String, String>, Object> changed)
            throws SQLException {
        Attempt current = Jdbc.current().attempts().current();
        if (current != null
                && !own
                && current.command().target().url().equals(read.target().url())) {
            return null;
        }
        String url = read.target().url();
        ConnectFlow.Opening opening = ConnectFlow.open(Vendor.of(read.target().vendor()), read, url);
        Map<String, String> changes = opening.changes();
        return new Object[] {opening.turn(), changes.isEmpty() ? configuration : changed.apply(changes)};
    }
}
