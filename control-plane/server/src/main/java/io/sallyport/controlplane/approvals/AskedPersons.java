package io.sallyport.controlplane.approvals;

import io.sallyport.controlplane.Problem;
import io.sallyport.controlplane.people.Person;
import io.sallyport.core.hold.ApproverHours;
import java.time.Instant;
import java.util.List;

/** Whom a ticket asks: members of its groups, at the hours that its rules give to them. */
final class AskedPersons {

    /**
     * @return the groups of the ticket for which the person counts at this hour
     * @throws Problem 403 that says whom, or when
     */
    static List<String> require(Person person, ApprovalView ticket, Instant at) {
        List<String> by = ticket.anyOf().isEmpty()
                ? List.of(ApproverHours.ANYONE)
                : ticket.anyOf().stream().filter(person.groups()::contains).toList();
        if (by.isEmpty()) {
            throw new Problem(
                    Problem.Kind.FORBIDDEN,
                    "this ticket is decided by members of " + String.join(", ", ticket.anyOf())
                            + "; ask one of them, or an administrator to add you");
        }
        List<String> now = by.stream()
                .filter(group -> ApproverHours.open(ticket.hours(), group, at))
                .toList();
        if (now.isEmpty()) {
            throw new Problem(
                    Problem.Kind.FORBIDDEN,
                    "this is not the time at which you may decide this ticket ("
                            + String.join("; ", ticket.hoursInWords()) + "); ask whoever may now, or wait");
        }
        return ticket.anyOf().isEmpty() ? List.of() : now;
    }

    private AskedPersons() {}
}
