package io.sallyport.core.policy.load;

import io.sallyport.core.policy.rule.GuardRule;
import io.sallyport.core.policy.rule.Policy;
import io.sallyport.core.policy.rule.Then;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What the author of a valid policy should know all the same. */
final class PolicyNotes {

    private PolicyNotes() {}

    static List<String> of(Policy policy) {
        List<String> notes = new ArrayList<>();
        List<GuardRule> approvals =
                policy.guards().stream().filter(g -> g.then() == Then.APPROVE).toList();
        for (int i = 0; i < approvals.size(); i++) {
            for (int j = i + 1; j < approvals.size(); j++) {
                if (cannotShareTicket(approvals.get(i), approvals.get(j))) {
                    notes.add("guards '" + approvals.get(i).name() + "' and '"
                            + approvals.get(j).name()
                            + "' ask groups that have none in common; a call that meets both is refused");
                }
            }
        }
        return notes;
    }

    private static boolean cannotShareTicket(GuardRule a, GuardRule b) {
        boolean sameCalls = a.scope().everywhere()
                || b.scope().everywhere()
                || !Collections.disjoint(a.scope().targets(), b.scope().targets());
        return sameCalls && a.approval().groups().and(b.approval().groups()) == null;
    }
}
