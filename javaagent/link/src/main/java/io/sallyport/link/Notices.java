package io.sallyport.link;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What operators are told, one plain line each; the same line is not repeated while nothing else happens. Thread-safe. */
final class Notices implements Consumer<String> {

    private static final Logger LOG = LoggerFactory.getLogger("io.sallyport.link");

    private final Consumer<String> out;
    private @Nullable String last;

    Notices(Consumer<String> out) {
        this.out = out;
    }

    @Override
    public void accept(String line) {
        LOG.debug(line);
        synchronized (this) {
            if (line.equals(last)) {
                return;
            }
            last = line;
        }
        out.accept(line);
    }

    /** All is well again: a trouble that comes back is worth a line. */
    synchronized void settled() {
        last = null;
    }
}
