package io.sallyport.controlplane.people;

import io.sallyport.controlplane.store.Tx;

/** What a deleted person leaves behind in one part of the control plane: it ends in the transaction that deletes the person. Thread-safe. */
public interface Leaving {

    /**
     * Ends it, and writes to the audit log what ended.
     *
     * @param actor who deletes
     * @param leaver who is deleted; what bears the name in another spelling is theirs too, see {@link Person#isNamed}
     */
    void left(Tx tx, String actor, Person leaver);
}
