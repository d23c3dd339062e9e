package io.sallyport.core.policy.rule.condition;

import io.sallyport.core.command.Command;
import io.sallyport.core.identity.Identity;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** {@code time}: now lies in one of the windows. */
public record TimeCondition(List<Window> windows) implements Condition {

    /**
     * A window of the week.
     *
     * @param days days on which the window starts; one that crosses midnight ends on the day after
     * @param from inclusive
     * @param to exclusive; before {@code from}: the window crosses midnight; equal to it: the whole day
     */
    public record Window(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) {

        private static final int DAY = 86_400;

        public Window {
            days = EnumSet.copyOf(days);
        }

        boolean contains(Instant now) {
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
    }

    public TimeCondition {
        windows = List.copyOf(windows);
    }

    @Override
    public String key() {
        return "time";
    }

    @Override
    public Subject subject() {
        return Subject.CALL;
    }

    @Override
    public Truth judge(Command command, Identity identity, Instant now, Sensitivity sensitivity) {
        for (int i = 0; i < windows.size(); i++) {
            if (windows.get(i).contains(now)) {
                return Truth.YES;
            }
        }
        return Truth.NO;
    }
}
