package io.sallyport.jdbc.read;

import io.sallyport.bootstrap.SallyportGate;
import io.sallyport.weaving.StateField;
import java.sql.ResultSet;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.SimpleTimeZone;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * Calendars on their way to a driver that reads a masked date. It sets the true date in the calendar, and asks the calendar's time zone
 * about it: both may be the application's objects. The driver gets a calendar of its own, with a time zone of the JDK's.
 */
public final class Calendars {

    private Calendars() {}

    /** What the driver works with in place of {@code given}: the same object where the column is not masked. */
    public static @Nullable Calendar forDriver(Object carrier, @Nullable Object column, @Nullable Calendar given) {
        if (given == null) {
            return null;
        }
        Object state = StateField.get(carrier);
        if (state == SallyportGate.NOTHING) {
            return given;
        }
        if (state instanceof ResultState result && column != null && carrier instanceof ResultSet rows) {
            return result.masks(rows, column) ? another(given) : given;
        } else if (state instanceof CallableState call && !call.isMasked(column)) {
            return given;
        }
        // Of whom nobody knows what is masked.
        return another(given);
    }

    private static Calendar another(Calendar given) {
        return new GregorianCalendar(plain(given.getTimeZone()));
    }

    private static TimeZone plain(TimeZone zone) {
        if (zone.getClass().getClassLoader() == null) {
            return (TimeZone) zone.clone();
        }
        // What a class of the application's says of its rules would have to be asked for the date.
        return new SimpleTimeZone(zone.getRawOffset(), "masked");
    }
}
