package io.sallyport.core.policy.load;

import io.sallyport.core.policy.rule.condition.Condition;
import io.sallyport.core.policy.rule.condition.TimeCondition;
import io.sallyport.core.time.WeekWindow;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The {@code time} key: one window or a list of windows. */
final class TimeReader {

    private TimeReader() {}

    static @Nullable Condition read(Section section) {
        List<WeekWindow> windows = new ArrayList<>();
        for (Section window : section.oneOrMore("time", Shape.TIME)) {
            if (window.empty()) {
                window.errorHere("name days, from and to, or both");
            }
            windows.add(window(window));
        }
        return windows.isEmpty() ? null : new TimeCondition(windows);
    }

    /** The keys {@code days}, {@code from}, {@code to} and {@code zone} of a section. */
    static WeekWindow window(Section window) {
        if (window.has("from") != window.has("to")) {
            window.errorHere("a window has both from and to, or neither for the whole day");
        }
        List<DayOfWeek> days = window.choices("days", Vocabulary.DAY);
        LocalTime from = clock(window, "from");
        LocalTime to = clock(window, "to");
        if (window.has("from") && from.equals(to)) {
            window.error("to", "the window is empty; leave from and to out for the whole day");
        }
        Set<DayOfWeek> set = days.isEmpty() ? EnumSet.allOf(DayOfWeek.class) : EnumSet.copyOf(days);
        return new WeekWindow(set, from, to, zone(window));
    }

    private static LocalTime clock(Section window, String key) {
        Yaml value = window.find(key);
        if (value == null) {
            return LocalTime.MIDNIGHT;
        }
        // YAML 1.1 takes 22:00 for a number in base 60; what counts is how it is written.
        String text = value instanceof Yaml.Scalar scalar ? scalar.text() : "";
        if (!text.matches("([01][0-9]|2[0-3]):[0-5][0-9]|24:00")) {
            window.error(key, "a time of day is written 09:00");
            return LocalTime.MIDNIGHT;
        }
        return text.equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(text);
    }

    private static ZoneId zone(Section window) {
        String zone = window.text("zone");
        if (zone == null) {
            return ZoneOffset.UTC;
        }
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            window.error("zone", "no time zone is named '" + Problem.shown(zone) + "'; write Europe/Paris or UTC");
            return ZoneOffset.UTC;
        }
    }
}
