package io.sallyport.core.hold;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.time.WeekWindow;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HoldRequestTest {

    private static final HoldRequest GIVEN = request(List.of("a", "b"), List.of("dba"), 2, false);

    @Test
    void anApprovalCoversWhatAsksForNoMore() {
        assertThat(GIVEN.covers(GIVEN)).isTrue();
        assertThat(GIVEN.covers(request(List.of("a"), List.of("dba", "oncall"), 1, false)))
                .isTrue();
        assertThat(GIVEN.covers(request(List.of("a"), List.of(), 1, false))).isTrue();
    }

    @Test
    void anApprovalDoesNotCoverWhatAsksForMore() {
        assertThat(GIVEN.covers(request(List.of("c"), List.of("dba"), 2, false)))
                .isFalse();
        assertThat(GIVEN.covers(request(List.of("a"), List.of("ciso"), 2, false)))
                .isFalse();
        assertThat(GIVEN.covers(request(List.of("a"), List.of("dba"), 3, false)))
                .isFalse();
        assertThat(GIVEN.covers(request(List.of("a"), List.of("dba"), 2, true))).isFalse();
        HoldRequest byAnybody = request(List.of("a"), List.of(), 1, false);
        assertThat(byAnybody.covers(request(List.of("a"), List.of("dba"), 1, false)))
                .isFalse();
    }

    @Test
    void anApprovalDoesNotCoverHoursThatItWasNotAskedUnder() {
        ApproverHours mondays = new ApproverHours(List.of(new ApproverHours.Span(
                List.of(),
                new WeekWindow(Set.of(DayOfWeek.MONDAY), LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, ZoneOffset.UTC))));
        HoldRequest onMondays = new HoldRequest(
                List.of("a"),
                List.of("dba"),
                1,
                false,
                Duration.ZERO,
                Duration.ZERO,
                "",
                null,
                List.of(mondays),
                RequesterReason.OPTIONAL,
                false);
        assertThat(GIVEN.covers(onMondays)).isFalse();
        assertThat(onMondays.covers(onMondays)).isTrue();
        assertThat(GIVEN.and(onMondays).hours()).containsExactly(mondays);
    }

    @Test
    void anApprovalDoesNotCoverAReasonThatTheCallerWasNotAskedFor() {
        HoldRequest explained = new HoldRequest(
                List.of("a"),
                List.of("dba"),
                1,
                false,
                Duration.ZERO,
                Duration.ZERO,
                "",
                null,
                List.of(),
                RequesterReason.REQUIRED,
                false);
        assertThat(GIVEN.covers(explained)).isFalse();
        assertThat(explained.covers(explained)).isTrue();
        assertThat(GIVEN.and(explained.because("OPS-1")).requesterReason())
                .isEqualTo(new RequesterReason(true, "OPS-1"));
    }

    @Test
    void eachOfSomeGroupsIsMetByNothingLessAndMeetsWhatAsksAnyOfThem() {
        ApproverGroups both = new ApproverGroups(List.of("dba", "security"), true, 1);
        assertThat(both.required()).isEqualTo(2);
        ApproverGroups any = new ApproverGroups(List.of("dba", "oncall"), false, 1);
        assertThat(both.and(any)).isEqualTo(both);
        assertThat(any.and(both)).isEqualTo(both);
        // A second person of dba or oncall is not among those that are asked.
        assertThat(both.and(new ApproverGroups(List.of("dba", "oncall"), false, 2)))
                .isNull();
        assertThat(both.and(new ApproverGroups(List.of("oncall"), false, 1))).isNull();
        assertThat(both.and(new ApproverGroups(List.of(), false, 3)))
                .isEqualTo(new ApproverGroups(List.of("dba", "security"), true, 3));
        assertThat(both.and(new ApproverGroups(List.of("legal"), true, 1)))
                .isEqualTo(new ApproverGroups(List.of("dba", "security", "legal"), true, 3));
        assertThat(both.covers(both)).isTrue();
        assertThat(both.covers(new ApproverGroups(List.of("dba"), true, 1))).isTrue();
        assertThat(new ApproverGroups(List.of("dba", "security"), false, 2).covers(both))
                .isFalse();
        assertThat(both.covers(new ApproverGroups(List.of("dba", "security", "legal"), true, 1)))
                .isFalse();
    }

    private static HoldRequest request(List<String> rules, List<String> anyOf, int required, boolean reason) {
        return new HoldRequest(rules, anyOf, required, reason, Duration.ZERO, Duration.ZERO, "");
    }
}
