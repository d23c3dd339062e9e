package io.sallyport.controlplane.approvals;

import java.util.ArrayList;
import java.util.List;

/** Whether each of some groups has a person of its own among those who approved: nobody counts for two. */
final class EachGroup {

    /** @param votes for each person, the groups that they are in */
    static boolean has(List<String> groups, List<List<String>> votes) {
        if (groups.isEmpty()) {
            return true;
        }
        List<String> others = groups.subList(1, groups.size());
        for (List<String> vote : votes) {
            if (vote.contains(groups.get(0))) {
                List<List<String>> left = new ArrayList<>(votes);
                left.remove(vote);
                if (has(others, left)) {
                    return true;
                }
            }
        }
        return false;
    }

    private EachGroup() {}
}
