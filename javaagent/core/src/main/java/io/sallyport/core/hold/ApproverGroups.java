package io.sallyport.core.hold;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whom a rule asks. Immutable.
 *
 * @param names groups; every approver is a member of at least one. Empty: any approver
 * @param each whether somebody of each of them has to approve, every time another person
 * @param required number of distinct persons
 */
public record ApproverGroups(List<String> names, boolean each, int required) {

    public ApproverGroups {
        names = List.copyOf(names);
        required = each ? Math.max(required, names.size()) : required;
    }

    /** What meets both on one ticket; {@code null} where nothing surely does. */
    public @Nullable ApproverGroups and(ApproverGroups other) {
        int most = Math.max(required, other.required);
        if (each && other.each) {
            if (!keeps(other) || !other.keeps(this)) {
                return null;
            }
            Set<String> all = new LinkedHashSet<>(names);
            all.addAll(other.names);
            return new ApproverGroups(List.copyOf(all), true, most);
        }
        if (each || other.each) {
            ApproverGroups every = each ? this : other;
            ApproverGroups any = each ? other : this;
            boolean everyoneCounts = any.names.isEmpty() || any.names.containsAll(every.names);
            boolean oneCounts = any.required <= 1 && any.names.stream().anyMatch(every.names::contains);
            return everyoneCounts || oneCounts ? new ApproverGroups(every.names, true, most) : null;
        }
        if (names.isEmpty() || other.names.isEmpty()) {
            return new ApproverGroups(names.isEmpty() ? other.names : names, false, most);
        }
        List<String> both = names.stream().filter(other.names::contains).toList();
        return both.isEmpty() ? null : new ApproverGroups(both, false, most);
    }

    /** Whether all the persons that it asks for are of its groups still where those of another are asked on the same ticket. */
    private boolean keeps(ApproverGroups other) {
        return required <= names.size() || names.containsAll(other.names);
    }

    /** Whether whoever met this has met {@code later} too. */
    boolean covers(ApproverGroups later) {
        boolean groups = later.each
                ? each && names.containsAll(later.names) && later.keeps(this)
                : later.names.isEmpty() || (!names.isEmpty() && later.names.containsAll(names));
        return groups && required >= later.required;
    }
}
