package io.sallyport.core.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IncidentIdsTest {

    @Test
    void idsOfAllThreadsAndProcessesDiffer() {
        IncidentIds one = new IncidentIds();
        IncidentIds other = new IncidentIds();
        Set<String> ids = ConcurrentHashMap.newKeySet();
        IntStream.range(0, 50_000).parallel().forEach(i -> {
            ids.add(one.get());
            ids.add(other.get());
        });
        assertThat(ids).hasSize(100_000);
    }

    @Test
    void idsAreShortAndCanBeReadAloud() {
        assertThat(new IncidentIds().get()).matches("[0-9a-hjkmnp-tv-z]{10}-1");
    }
}
