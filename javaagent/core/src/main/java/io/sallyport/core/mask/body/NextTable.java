package io.sallyport.core.mask.body;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the record after a blank line, in which another table of the same body may name its columns. Not thread-safe. */
final class NextTable {
    private @Nullable Held record;
    /** The last line ended with a carriage return, perhaps the first half of its line break. */
    private boolean afterReturn;

    /** One more byte of the body. */
    void add(byte b) {
        if (record != null) {
            record.add(b);
            // Names of columns are shorter.
            record = record.length() > FieldMask.LONGEST ? null : record;
        }
    }

    /**
     * A line ended.
     *
     * @param end what ended it
     * @param blank whether it holds nothing
     * @return the fields of the line where a blank one stood before it; none otherwise
     */
    List<String> lineEnded(byte end, boolean blank, byte delimiter) {
        Held whole = record;
        boolean secondHalf = blank && end == '\n' && afterReturn;
        afterReturn = end == '\r';
        if (blank) {
            if (whole != null) {
                whole.clear();
            } else if (!secondHalf) {
                record = new Held();
            }
            return List.of();
        }
        record = null;
        return whole == null ? List.of() : CsvHead.fields(whole.bytes(), whole.length() - 1, delimiter);
    }
}
