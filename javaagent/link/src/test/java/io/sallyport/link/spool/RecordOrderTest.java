package io.sallyport.link.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.record.Event;
import io.sallyport.link.testing.Samples;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What several threads wrote into lanes of their own is read in the order in which it was begun, whatever the clock said. */
class RecordOrderTest {

    @Test
    void recordsOfSeveralLanesComeInTheOrderOfTheirNumbers() throws Exception {
        Growing payload = new Growing();
        payload.reset(0);
        payload.unsigned(1);
        payload.unsigned(3);
        lane(2, 5, 9).copyTo(payload);
        lane(1, 6, 7).copyTo(payload);
        lane(3, 4, 8).copyTo(payload);
        BlockRecords records = new BlockRecords(Arrays.copyOf(payload.bytes, payload.length), 101);
        List<String> read = new ArrayList<>();
        for (SpooledEvent e = records.next(); e != null; e = records.next()) {
            read.add(e.sequence() + " " + e.event().error());
        }
        assertThat(read)
                .containsExactly("101 1", "102 2", "103 3", "104 4", "105 5", "106 6", "107 7", "108 8", "109 9");
    }

    private static Chunk lane(long... numbers) {
        Chunk chunk = new Chunk(ByteBuffer.allocate(4096));
        RecordEncoder encoder = new RecordEncoder(1024);
        chunk.begin(1, 0);
        for (long number : numbers) {
            Event event = Samples.alarm(String.valueOf(number));
            encoder.event(event, 0);
            Chunk.number(number, encoder.bytes());
            chunk.append(encoder.bytes(), encoder.length());
        }
        return chunk;
    }
}
