package io.sallyport.controlplane.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** A transaction under way. Used by one thread. */
public final class Tx {

    private final Notices notices;
    private final IdTakers takers;
    private final PeopleLock people;
    private final String name;
    private final List<Announced> announced = new ArrayList<>();
    private final List<Lock> held = new ArrayList<>();
    private @Nullable Handle handle;

    Tx(Notices notices, IdTakers takers, PeopleLock people) {
        this.people = people;
        this.notices = notices;
        this.takers = takers;
        this.name = Long.toString(takers.number());
    }

    String name() {
        return name;
    }

    /** Has to be said before it takes ids of events; see {@link Database#openTakers}. */
    public void takesIds() {
        takers.enter(this);
    }

    /** Until this ends, nobody is deleted; waits for a deletion that is under way. Has to be said before anything else is locked. */
    public void keepsPeople() {
        people.keep(this);
    }

    /** Until this ends, nothing else that keeps people is under way; waits for what is. Has to be said before anything else is. */
    public void removesPeople() {
        people.remove(this);
    }

    /** Takes a lock of this process, and keeps it until this has ended. */
    void holds(Lock lock) {
        lock.lock();
        held.add(lock);
    }

    /** After commit or rollback, on the thread that it was used by. */
    void ended() {
        held.forEach(Lock::unlock);
        held.clear();
    }

    void begin(Handle open) {
        handle = open;
    }

    public Handle handle() {
        Handle open = handle;
        if (open == null) {
            throw new IllegalStateException("the transaction has not begun");
        }
        return open;
    }

    public Query query(String sql) {
        return handle().createQuery(sql);
    }

    public Update update(String sql) {
        return handle().createUpdate(sql);
    }

    /** Tells the rest of the process, and other replicas, once this is committed; never when it is rolled back. */
    public void announce(Notice notice) {
        announced.add(new Announced(notices.post(handle(), notice), notice));
    }

    void committed() {
        announced.forEach(one -> notices.deliver(one.id(), one.notice()));
    }

    private record Announced(long id, Notice notice) {}
}
