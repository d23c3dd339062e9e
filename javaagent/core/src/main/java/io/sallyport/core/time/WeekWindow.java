package io.sallyport.core.time;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A window of the week.
 *
 * @param days days on which the window starts; one that crosses midnight ends on the day after
 * @param from inclusive
 * @param to exclusive; before {@code from}: the window crosses midnight; equal to it: the whole day
 */
public record WeekWindow(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) {

    private static final int DAY = 86_400;

    public WeekWindow {
        days = EnumSet.copyOf(days);
    }

    public boolean contains(Instant now) {
        long local = now.getEpochSecond() + zone.getRules().getOffset(now).getTotalSeconds();
        int second = (int) Math.floorMod(local, (long) DAY);
        // 1 January 1970 was a Thursday.
        DayOfWeek today = DayOfWeek.of((int) Math.floorMod(Math.floorDiv(local, (long) DAY) + 3, 7L) + 1);
        int start = from.toSecondOfDay();
        int end = to.toSecondOfDay();
        if (start < end) {
            return days.contains(today) && second >= start && second < end;
        }
        return (second >= start && days.contains(today)) || (second < end && days.contains(today.minus(1)));
    }

    /** When it opens next, later than {@code now}. */
    public Instant opens(Instant now) {
        LocalDate today = now.atZone(zone).toLocalDate();
        for (int ahead = 0; ; ahead++) {
            LocalDate day = today.plusDays(ahead);
            Instant start = day.atTime(from).atZone(zone).toInstant();
            if (days.contains(day.getDayOfWeek()) && start.isAfter(now)) {
                return start;
            }
        }
    }

    /** {@code Mon–Fri 09:00–18:00 Europe/Paris}. */
    public String inWords() {
        List<String> words = new ArrayList<>();
        if (days.size() < 7) {
            words.add(daysInWords());
        }
        if (!from.equals(to)) {
            words.add(from + "–" + (to.equals(LocalTime.MIDNIGHT) ? "24:00" : to));
        }
        if (words.isEmpty()) {
            return "at any time";
        }
        words.add(zone.getId().equals("Z") ? "UTC" : zone.getId());
        return String.join(" ", words);
    }

    private String daysInWords() {
        List<String> runs = new ArrayList<>();
        for (DayOfWeek day : DayOfWeek.values()) {
            boolean begins = days.contains(day) && (day == DayOfWeek.MONDAY || !days.contains(day.minus(1)));
            if (begins) {
                DayOfWeek last = day;
                while (last != DayOfWeek.SUNDAY && days.contains(last.plus(1))) {
                    last = last.plus(1);
                }
                runs.add(last == day ? shortly(day) : shortly(day) + "–" + shortly(last));
            }
        }
        return String.join(", ", runs);
    }

    private static String shortly(DayOfWeek day) {
        return day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
    }
}
