package io.sallyport.core.hold;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.time.WeekWindow;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ApproverHoursTest {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final Set<DayOfWeek> WEEK = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);

    /** Developers decide in office hours, whoever is on call at night and over the weekend. */
    private static final List<ApproverHours> ROTA = List.of(new ApproverHours(List.of(
            span(List.of("dba"), WEEK, "09:00", "18:00"),
            span(List.of("oncall"), EnumSet.allOf(DayOfWeek.class), "18:00", "09:00"),
            span(List.of("oncall"), EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY), "00:00", "00:00"))));

    private static ApproverHours.Span span(List<String> groups, Set<DayOfWeek> days, String from, String to) {
        return new ApproverHours.Span(groups, new WeekWindow(days, LocalTime.parse(from), LocalTime.parse(to), PARIS));
    }

    private static boolean open(String group, String at) {
        return ApproverHours.open(ROTA, group, Instant.parse(at));
    }

    @Test
    void eachGroupDecidesAtItsOwnHours() {
        assertThat(open("dba", "2026-03-04T08:00:00Z")).isTrue();
        assertThat(open("dba", "2026-03-04T07:59:59Z")).isFalse();
        assertThat(open("dba", "2026-03-07T10:00:00Z")).isFalse();
        assertThat(open("oncall", "2026-03-04T17:00:00Z")).isTrue();
        assertThat(open("oncall", "2026-03-05T02:00:00Z")).isTrue();
        assertThat(open("oncall", "2026-03-05T08:00:00Z")).isFalse();
        assertThat(open("oncall", "2026-03-07T10:00:00Z")).isTrue();
    }

    @Test
    void aGroupWithoutHoursDecidesAtAnyTime() {
        assertThat(open("platform", "2026-03-04T12:00:00Z")).isTrue();
        assertThat(open("platform", "2026-03-04T03:00:00Z")).isTrue();
    }

    @Test
    void hoursOfSeveralRulesHaveToBeMetAllAndTheNextMeetingIsFound() {
        List<ApproverHours> both = List.of(
                new ApproverHours(List.of(span(List.of(), WEEK, "08:00", "12:00"))),
                new ApproverHours(List.of(span(List.of("dba"), EnumSet.of(DayOfWeek.FRIDAY), "11:00", "20:00"))));
        Instant wednesday = Instant.parse("2026-03-04T09:00:00Z");
        assertThat(ApproverHours.open(both, "dba", wednesday)).isFalse();
        assertThat(ApproverHours.opens(both, List.of("dba"), wednesday)).isEqualTo("2026-03-06T10:00:00Z");
        assertThat(ApproverHours.opens(both, List.of("lead"), wednesday)).isNull();
        List<ApproverHours> never = List.of(
                new ApproverHours(List.of(span(List.of(), WEEK, "08:00", "12:00"))),
                new ApproverHours(List.of(span(List.of(), WEEK, "13:00", "14:00"))));
        assertThat(ApproverHours.opens(never, List.of(), wednesday)).isNull();
    }

    @Test
    void theyReadAsPeopleWriteThem() {
        assertThat(ApproverHours.inWords(ROTA))
                .containsExactly(
                        "dba Mon–Fri 09:00–18:00 Europe/Paris",
                        "oncall 18:00–09:00 Europe/Paris",
                        "oncall Sat–Sun Europe/Paris");
    }
}
