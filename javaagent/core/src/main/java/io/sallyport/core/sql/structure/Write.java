package io.sallyport.core.sql.structure;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parts of an UPDATE or DELETE.
 *
 * @param targets names or aliases of what is changed, folded, as written; several in MySQL's multi-table forms
 * @param tables every table the statement reads rows from, targets among them, in the order of the text
 * @param assignments behind SET; empty for DELETE
 * @param filter behind WHERE; {@code null} without WHERE
 * @param output behind RETURNING or OUTPUT, without INTO; {@code null} without it
 * @param outputInto table that OUTPUT … INTO writes to; {@code null} without it
 * @param limit behind LIMIT, TOP or FETCH FIRST; {@code null} without it
 * @param cursor WHERE CURRENT OF
 */
public record Write(
        boolean update,
        List<FromItem> targets,
        List<FromItem> tables,
        Span assignments,
        @Nullable Span filter,
        @Nullable Span output,
        @Nullable Span outputInto,
        @Nullable Span limit,
        boolean cursor) {}
