package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepeatedFaultTest {

    private final StandingClock clock = new StandingClock();
    private final RepeatedFault repeated = new RepeatedFault(clock);
    private final List<String> log = new ArrayList<>();

    @Test
    void theSameFaultHasOneLineAMinuteAndAnotherItsOwn() {
        RuntimeException same = new IllegalStateException();
        String line = Fault.of(same);
        for (int i = 0; i < 59; i++) {
            repeated.tell(same, log::add);
            clock.forward(Duration.ofSeconds(1));
        }
        RuntimeException other = new UnsupportedOperationException();
        repeated.tell(other, log::add);
        assertThat(log).containsExactly(line, Fault.of(other) + " (58 more since the last line)");
        clock.forward(Duration.ofSeconds(1));
        repeated.tell(same, log::add);
        assertThat(log).hasSize(3).last().isEqualTo(line);
    }
}
