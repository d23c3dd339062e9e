package io.sallyport.controlplane;

import io.sallyport.core.hold.ApproverHours;
import io.sallyport.core.hold.Requester;
import io.sallyport.core.hold.Ticket;
import java.util.List;

/** Tickets that ask others than the one that they are made from. */
public final class Tickets {

    private Tickets() {}

    /** The same, which so many persons have to approve, at these hours, somebody of each of its groups where that is wanted. */
    public static Ticket asking(Ticket t, int required, List<ApproverHours> hours, boolean eachOf) {
        return new Ticket(
                t.id(),
                t.binding(),
                t.target(),
                t.summary(),
                t.detail(),
                t.callSite(),
                t.entryPoint(),
                t.thread(),
                t.callers(),
                t.openTransaction(),
                t.created(),
                t.expires(),
                t.rules(),
                t.anyOf(),
                required,
                t.reasonRequired(),
                t.message(),
                hours,
                Requester.UNKNOWN,
                eachOf);
    }
}
