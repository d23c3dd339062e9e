package io.sallyport.core.mask.function;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.time.temporal.Temporal;
import org.jspecify.annotations.Nullable;

/** ISO 8601 text in the class of another date or time. */
final class Temporals {
    private Temporals() {}

    /** The point in time that {@code text} names, in the class of {@code like}, or {@code null} where it names none. */
    static @Nullable Temporal parseLike(Temporal like, String text) {
        try {
            if (like instanceof LocalDate) {
                return LocalDate.parse(text);
            } else if (like instanceof LocalDateTime) {
                return text.length() == 10 ? LocalDate.parse(text).atStartOfDay() : LocalDateTime.parse(text);
            } else if (like instanceof LocalTime) {
                return LocalTime.parse(text);
            } else if (like instanceof Instant) {
                return Instant.parse(text);
            } else if (like instanceof OffsetDateTime) {
                return OffsetDateTime.parse(text);
            } else if (like instanceof ZonedDateTime) {
                return ZonedDateTime.parse(text);
            } else if (like instanceof OffsetTime) {
                return OffsetTime.parse(text);
            } else if (like instanceof Year) {
                return Year.parse(text);
            } else if (like instanceof YearMonth) {
                return YearMonth.parse(text);
            }
        } catch (DateTimeException notATime) {
            return null;
        }
        return null;
    }
}
