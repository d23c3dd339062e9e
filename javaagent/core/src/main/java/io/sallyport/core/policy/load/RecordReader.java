package io.sallyport.core.policy.load;

import io.sallyport.core.policy.PolicySnapshot.RecordLevel;
import io.sallyport.core.policy.rule.RecordSettings;
import java.time.Duration;

/** The {@code record} section. */
final class RecordReader {

    private RecordReader() {}

    static RecordSettings read(Section root) {
        Section section = root.section("record", Shape.RECORD);
        if (section == null) {
            return RecordSettings.STANDARD;
        }
        return new RecordSettings(
                section.choice("level", Vocabulary.RECORD_LEVEL, RecordLevel.STATEMENTS),
                section.duration(
                        "retain", Duration.ofHours(1), Duration.ofDays(3660), RecordSettings.STANDARD.retain()),
                section.choice("onFull", Vocabulary.ON_FULL, Vocabulary.OnFull.REFUSE) == Vocabulary.OnFull.REFUSE,
                section.choice("durability", Vocabulary.DURABILITY, Vocabulary.Durability.CRASH)
                        == Vocabulary.Durability.POWER);
    }
}
