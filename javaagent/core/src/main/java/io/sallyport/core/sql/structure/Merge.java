package io.sallyport.core.sql.structure;

import io.sallyport.core.sql.lex.Tokens;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a MERGE.
 *
 * @param source {@code null} for H2's form without one
 * @param on {@code null} without a condition
 * @param output behind RETURNING or OUTPUT, without INTO
 */
public record Merge(
        FromItem target,
        @Nullable FromItem source,
        @Nullable Span on,
        List<Branch> branches,
        @Nullable Span output,
        @Nullable Span outputInto) {

    /**
     * WHEN … THEN ….
     *
     * @param condition behind AND; {@code null} without one
     * @param action from UPDATE, DELETE, INSERT or DO on
     */
    public record Branch(
            boolean matched,
            boolean notMatchedBySource,
            @Nullable Span condition,
            Span action) {}

    /** Whether a branch deletes rows. */
    public boolean deletes(Tokens t) {
        for (Branch branch : branches) {
            if (Clauses.find(t, branch.action().from(), branch.action().to(), "DELETE")
                    < branch.action().to()) {
                return true;
            }
        }
        return false;
    }
}
