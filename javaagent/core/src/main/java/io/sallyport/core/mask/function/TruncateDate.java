package io.sallyport.core.mask.function;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;
import org.jspecify.annotations.Nullable;

/**
 * {@code {truncate: day|month|year}}: dates and points in time go back to the start of the unit; instants in UTC. ISO 8601
 * text ({@code 2024-05-17}, {@code 2024-05-17 10:11:12.5+02}) is truncated in its own form; everything else becomes neutral.
 */
final class TruncateDate implements MaskingFunction {
    private final MaskSpec.Truncate.Unit unit;

    TruncateDate(MaskSpec.Truncate.Unit unit) {
        this.unit = unit;
    }

    @Override
    public @Nullable Temporal temporal(Temporal clear) {
        if (clear instanceof LocalDate date) {
            return firstOf(date);
        } else if (clear instanceof LocalDateTime
                || clear instanceof OffsetDateTime
                || clear instanceof ZonedDateTime) {
            return firstOf(clear.with(ChronoField.NANO_OF_DAY, 0));
        } else if (clear instanceof Instant instant) {
            OffsetDateTime utc = instant.atOffset(ZoneOffset.UTC);
            return ((OffsetDateTime) firstOf(utc.truncatedTo(ChronoUnit.DAYS))).toInstant();
        } else if (clear instanceof YearMonth month) {
            return unit == MaskSpec.Truncate.Unit.YEAR ? month.withMonth(1) : month;
        } else if (clear instanceof Year) {
            return clear;
        }
        return Neutral.temporal(clear);
    }

    private Temporal firstOf(Temporal day) {
        return switch (unit) {
            case DAY -> day;
            case MONTH -> day.with(ChronoField.DAY_OF_MONTH, 1);
            case YEAR -> day.with(ChronoField.DAY_OF_YEAR, 1);
        };
    }

    @Override
    public String text(String clear) {
        if (!startsWithDate(clear)) {
            return Neutral.text(clear.length());
        }
        char[] masked = clear.toCharArray();
        if (unit != MaskSpec.Truncate.Unit.DAY) {
            masked[8] = '0';
            masked[9] = '1';
        }
        if (unit == MaskSpec.Truncate.Unit.YEAR) {
            masked[5] = '0';
            masked[6] = '1';
        }
        int i = 10;
        if (i < masked.length && (masked[i] == 'T' || masked[i] == ' ')) {
            for (i++; i < masked.length && isTime(masked[i]); i++) {
                if (Character.isDigit(masked[i])) {
                    masked[i] = '0';
                }
            }
        }
        for (; i < masked.length; i++) {
            if (!isZone(masked[i])) {
                return Neutral.text(clear.length());
            }
        }
        return new String(masked);
    }

    private static boolean startsWithDate(String text) {
        if (text.length() < 10 || text.length() > 40 || text.charAt(4) != '-' || text.charAt(7) != '-') {
            return false;
        }
        for (int i = 0; i < 10; i++) {
            char c = text.charAt(i);
            if (i != 4 && i != 7 && (c < '0' || c > '9')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isTime(char c) {
        return (c >= '0' && c <= '9') || c == ':' || c == '.' || c == ',';
    }

    private static boolean isZone(char c) {
        return (c >= '0' && c <= '9') || c == ':' || c == '+' || c == '-' || c == 'Z' || c == ' ';
    }

    @Override
    public boolean recognises(@Nullable Object value) {
        return false;
    }

    @Override
    public boolean recognisable(@Nullable Object value) {
        return false;
    }
}
