package io.sallyport.jdbc.read;

import io.sallyport.core.command.SqlCommand;
import io.sallyport.core.mask.ColumnMaskPlan;
import io.sallyport.core.mask.ResultColumn;
import io.sallyport.core.record.Answered;
import io.sallyport.core.record.RowSample;
import io.sallyport.core.record.credential.CredentialNames;
import io.sallyport.core.verdict.Passage;
import io.sallyport.jdbc.state.OpenAnswer;
import io.sallyport.jdbc.state.StatementState;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an application reads of one execution's results, at {@code record.level: full}: rows, bytes, masked cells, and the first rows as it
 * saw them. Written down when it is done with them: at the end of the rows, when the statement is executed again or closed, or when the
 * connection is. Thread-safe.
 */
public final class ReadRows implements OpenAnswer {

    private final Passage passage;
    private final StatementState statement;
    private final ColumnMaskPlan plan;
    /** Whether the statement names what could be a credential, under whatever name it comes back. */
    private final boolean secretive;
    /** Whether there is no other result behind this one. */
    private final boolean single;
    /** What the execution changed, where its rows are not the answer but come beside it (generated keys); {@code null} where they are. */
    private final @Nullable Long changed;

    private final SampledLabels labels;
    private final RowSample sample = new RowSample();
    private final Map<String, Long> cells = new TreeMap<>();
    private long rows;
    private long bytes;
    private boolean over;

    private ReadRows(
            Passage passage, StatementState statement, ColumnMaskPlan plan, boolean single, @Nullable Long changed) {
        this.changed = changed;
        this.passage = passage;
        this.statement = statement;
        this.plan = plan;
        this.single = single;
        this.labels = SampledLabels.of(passage.command());
        this.secretive = CredentialNames.mayName(
                passage.command() instanceof SqlCommand sql ? sql.analysis().sql() : "");
    }

    /**
     * The statement answered with rows.
     *
     * @param single whether no other result can follow
     * @return whether {@link Passage#completed} is left to the end of the rows
     */
    public static boolean begin(Passage passage, StatementState statement, boolean single) {
        return begin(passage, statement, single, null);
    }

    /**
     * The statement answered with a number, and the application may read generated keys or OUT parameters.
     *
     * @param changed rows; -1 where unknown
     * @return whether {@link Passage#completed} is left to the end of what is read
     */
    public static boolean beginBeside(Passage passage, StatementState statement, long changed) {
        return begin(passage, statement, statement.keys().asked(), changed);
    }

    private static boolean begin(Passage passage, StatementState statement, boolean single, @Nullable Long changed) {
        ColumnMaskPlan plan = passage.rowsSampledUnder();
        if (plan == null) {
            return false;
        }
        passage.answered();
        ReadRows begun = new ReadRows(passage, statement, plan, single, changed);
        statement.reading(begun);
        statement.connection().answers().add(begun);
        return true;
    }

    ColumnMaskPlan plan() {
        return plan;
    }

    /** A row that the application has not stood on before. */
    synchronized void row() {
        rows++;
        sample.row();
    }

    /** There are no more rows. */
    void exhausted() {
        if (single) {
            end();
        }
    }

    /**
     * The application read a value.
     *
     * @param position what to call it where its label may hold a literal
     * @param seen what it received
     * @param shown what may be written down of it
     * @param rule the mask that changed it; {@code null} where none did
     */
    synchronized void cell(
            String position,
            ResultColumn column,
            @Nullable Object seen,
            @Nullable Object shown,
            boolean known,
            @Nullable String rule) {
        bytes += bytes(seen);
        if (rule != null) {
            cells.merge(rule, 1L, Long::sum);
        }
        String base = column.baseColumn();
        String label = labels.of(column, position);
        if (!known
                || secretive
                || CredentialNames.mayName(column.label())
                || base != null && CredentialNames.mayName(base)) {
            sample.withheld(label);
        } else {
            sample.value(label, shown);
        }
    }

    /** Room in the sample for what is read beside rows. */
    synchronized void beside() {
        sample.row();
    }

    @Override
    public void end() {
        Answered answer;
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
            answer = new Answered(
                    changed == null ? rows : changed, null, null, bytes, cells.isEmpty() ? null : cells, sample.text());
        }
        statement.connection().answers().remove(this);
        passage.completed(answer);
    }

    /** Of what has a length that can be told without reading it. */
    private static long bytes(@Nullable Object value) {
        if (value instanceof String text) {
            return text.length() < 64 * 1024 ? text.getBytes(StandardCharsets.UTF_8).length : text.length();
        } else if (value instanceof byte[] array) {
            return array.length;
        } else if (value instanceof Long || value instanceof Double) {
            return 8;
        } else if (value instanceof Integer || value instanceof Float) {
            return 4;
        } else if (value instanceof Short) {
            return 2;
        }
        return value instanceof Byte || value instanceof Boolean ? 1 : 0;
    }
}
