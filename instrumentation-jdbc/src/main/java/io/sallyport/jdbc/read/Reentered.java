package io.sallyport.jdbc.read;

import io.sallyport.bootstrap.SallyportReader;
import org.jspecify.annotations.Nullable;

/** A getter that the application calls while another one of its thread is under way: it is masked like any, and then the other one goes on. */
final class Reentered implements SallyportReader {

    private final SallyportReader reader;
    private final Runnable goesOn;

    Reentered(SallyportReader reader, Runnable goesOn) {
        this.reader = reader;
        this.goesOn = goesOn;
    }

    /** Never called: getters begin at the result. */
    @Override
    public @Nullable SallyportReader enter(Object carrier, @Nullable Object column) {
        return reader.enter(carrier, column);
    }

    @Override
    public @Nullable Object exit(
            Object carrier,
            String method,
            String returnType,
            @Nullable Object column,
            @Nullable Object second,
            @Nullable Object value,
            @Nullable Throwable thrown) {
        try {
            return reader.exit(carrier, method, returnType, column, second, value, thrown);
        } finally {
            goesOn.run();
        }
    }
}
