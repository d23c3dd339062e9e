package io.sallyport.jdbc.execute;

import io.sallyport.core.command.SqlCommand;
import io.sallyport.core.hold.HoldRequest;
import io.sallyport.jdbc.state.PoolLink;
import io.sallyport.jdbc.state.Transaction.Debt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the statements of a transaction that have to be approved before its commit ask for together. */
final class CommitDemand {

    private CommitDemand() {}

    /** {@code null} where they have no approvers in common. */
    static @Nullable HoldRequest together(List<Debt> debts) {
        HoldRequest all = debts.get(0).request();
        for (Debt debt : debts) {
            all = all == null ? null : all.and(debt.request());
        }
        return all;
    }

    /** The first statement; what the others did is among its parameters, so that an approval fits this very transaction. */
    static SqlCommand work(List<Debt> debts) {
        SqlCommand first = debts.get(0).command();
        List<List<@Nullable Object>> sets = new ArrayList<>(first.parameterSets());
        for (Debt debt : debts) {
            List<@Nullable Object> did = new ArrayList<>();
            did.add(debt.command().analysis().sql());
            did.add(debt.rows());
            debt.command().parameterSets().forEach(did::addAll);
            sets.add(did);
        }
        return new SqlCommand(
                first.target(), first.session(), first.caller(), first.analysis(), sets, first.transaction());
    }

    /** What people are told of it beside its first statement. */
    static String told(List<Debt> debts, Duration longest, @Nullable PoolLink pool) {
        String limits = pool == null ? null : pool.exceededBy(longest);
        return totals(debts, longest) + (limits == null ? "" : " " + limits);
    }

    private static String totals(List<Debt> debts, Duration longest) {
        long rows = 0;
        boolean known = true;
        StringBuilder each = new StringBuilder();
        for (Debt debt : debts) {
            known &= debt.rows() >= 0;
            rows += Math.max(0, debt.rows());
            if (debts.size() <= 5) {
                each.append(each.length() == 0 ? "" : ", ")
                        .append(debt.command().summary())
                        .append(' ')
                        .append(debt.rows() < 0 ? "?" : Long.toString(debt.rows()));
            }
        }
        long open = (System.nanoTime() - debts.get(0).since()) / 1_000_000_000;
        return "At commit: " + (known ? "" : "at least ") + rows + " rows changed by " + debts.size()
                + (debts.size() == 1 ? " statement" : " statements") + (each.length() == 0 ? "" : " (" + each + ")")
                + "; the first ran " + open + " s ago. The transaction's locks are held for " + longest.toSeconds()
                + " s at most, then it is rolled back.";
    }
}
