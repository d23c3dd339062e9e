package io.sallyport.core.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.mask.ColumnMaskPlan;
import io.sallyport.core.sql.ColumnOrigin;
import io.sallyport.core.sql.Lineage;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObligationsTest {
    @Test
    void whoMaySeeEverythingIsLimitedAllTheSame() {
        AnswerRules rules = status -> null;
        Lineage.Copy copy = new Lineage.Copy(
                new ColumnOrigin(null, "c", "x"), List.of(new ColumnOrigin(null, "customers", "email")));
        Obligations masked =
                new Obligations(columns -> null, contentType -> null, RowLimits.NONE, rules, List.of(copy));

        Obligations unmasked = masked.unmasked();

        assertThat(unmasked.columns()).isSameAs(ColumnMaskPlan.NONE);
        assertThat(unmasked.answers()).isSameAs(rules);
        assertThat(unmasked.copies()).containsExactly(copy);
    }

    @Test
    void masksAloneLeaveNothingBehind() {
        assertThat(new Obligations(columns -> null, contentType -> null).unmasked())
                .isSameAs(Obligations.NONE);
    }
}
