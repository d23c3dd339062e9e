package io.sallyport.link;

import io.sallyport.core.identity.Identity;
import io.sallyport.protocol.ServerMessage.Welcome;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Who this workload is: its own word for itself until the control plane has welcomed it, then what the control plane verified. A lost connection
 * changes nothing; being cut off does. Thread-safe; {@link #get()} is a volatile read.
 */
final class VerifiedIdentity implements Supplier<Identity> {

    private final String workload;
    private volatile Identity identity;

    VerifiedIdentity(String workload) {
        this.workload = workload;
        this.identity = Identity.unverified(workload);
    }

    @Override
    public Identity get() {
        return identity;
    }

    void verified(Welcome welcome) {
        identity = new Identity(
                welcome.subject() == null ? workload : welcome.subject(),
                !Boolean.FALSE.equals(welcome.verified()),
                welcome.groups() == null ? Set.of() : welcome.groups(),
                welcome.labels() == null ? Map.of() : welcome.labels());
    }

    void unverified() {
        identity = Identity.unverified(workload);
    }
}
