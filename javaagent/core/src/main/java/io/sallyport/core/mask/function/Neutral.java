package io.sallyport.core.mask.function;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.Temporal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The value of each type that says nothing: three asterisks (never more than the clear text had characters, so that a
 * CHAR(1) stays one), 0, {@code false}, 1970-01-01, midnight, the nil UUID.
 */
public final class Neutral {

    /** For text. */
    public static final String TEXT = "***";

    /** For UUIDs: RFC 9562 section 5.9. */
    public static final UUID UUID = new UUID(0, 0);

    private static final String[] STARS = {"", "*", "**", TEXT};
    private static final Integer INT = 0;
    private static final Long LONG = 0L;
    private static final LocalDate DATE = LocalDate.EPOCH;
    private static final LocalDateTime DATE_TIME = DATE.atStartOfDay();

    private Neutral() {}

    /** @param length length of the clear text */
    public static String text(int length) {
        return STARS[Math.min(length, 3)];
    }

    /** Whether text is what {@link #text} yields for some text that is not empty. */
    public static boolean isText(String text) {
        return text.equals(TEXT) || text.equals("*") || text.equals("**");
    }

    /** Zero of the same class, or {@code null} for a class that is unknown. */
    static @Nullable Number number(Number like) {
        if (like instanceof Integer) {
            return INT;
        }
        if (like instanceof Long) {
            return LONG;
        }
        return Numbers.like(like, BigDecimal.ZERO);
    }

    /** Start of the epoch in the same class, or {@code null} for a class that is unknown. */
    static @Nullable Temporal temporal(Temporal like) {
        if (like instanceof LocalDate) {
            return DATE;
        } else if (like instanceof LocalDateTime) {
            return DATE_TIME;
        } else if (like instanceof LocalTime) {
            return LocalTime.MIDNIGHT;
        } else if (like instanceof Instant) {
            return Instant.EPOCH;
        } else if (like instanceof OffsetDateTime) {
            return DATE_TIME.atOffset(ZoneOffset.UTC);
        } else if (like instanceof ZonedDateTime) {
            return DATE_TIME.atZone(ZoneOffset.UTC);
        } else if (like instanceof OffsetTime) {
            return LocalTime.MIDNIGHT.atOffset(ZoneOffset.UTC);
        } else if (like instanceof Year) {
            return Year.of(1970);
        } else if (like instanceof YearMonth) {
            return YearMonth.of(1970, 1);
        }
        return null;
    }

    /** Whether a value that is no text is the neutral one of its type. */
    static boolean is(@Nullable Object value) {
        if (value instanceof String text) {
            return isText(text);
        } else if (value instanceof Number number) {
            return isZero(number);
        } else if (value instanceof Temporal temporal) {
            return temporal.equals(temporal(temporal));
        } else if (value instanceof java.util.Date date) {
            return date.getTime() == 0;
        } else if (value instanceof byte[] bytes) {
            return bytes.length > 0 && bytes.length <= 3 && allStars(bytes);
        }
        return Boolean.FALSE.equals(value) || UUID.equals(value);
    }

    private static boolean isZero(Number number) {
        if (number instanceof BigDecimal decimal) {
            return decimal.signum() == 0;
        } else if (number instanceof BigInteger integer) {
            return integer.signum() == 0;
        }
        return number.doubleValue() == 0;
    }

    private static boolean allStars(byte[] bytes) {
        for (byte b : bytes) {
            if (b != '*') {
                return false;
            }
        }
        return true;
    }
}
