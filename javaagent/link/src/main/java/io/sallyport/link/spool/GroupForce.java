package io.sallyport.link.spool;

import java.io.IOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Group commit: who asks while the disk is busy waits for its next turn, and that turn is for all who have asked by then. Thread-safe.
 */
final class GroupForce {

    /** Brings everything that was written before it began to the disk. */
    @FunctionalInterface
    interface Turn {
        void run() throws IOException;
    }

    private final Turn turn;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition over = lock.newCondition();
    private long asked;
    private long done;
    private boolean busy;

    GroupForce(Turn turn) {
        this.turn = turn;
    }

    /** Returns when what the caller wrote before is on the disk; not interruptible, for the call behind it is either recorded or refused. */
    void force() throws IOException {
        lock.lock();
        try {
            long mine = ++asked;
            while (done < mine) {
                if (busy) {
                    over.awaitUninterruptibly();
                } else {
                    lead();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void lead() throws IOException {
        long all = asked;
        busy = true;
        lock.unlock();
        boolean forced = false;
        try {
            turn.run();
            forced = true;
        } finally {
            lock.lock();
            busy = false;
            // Where it failed, each who waits tries by itself and hears of its own failure.
            done = forced ? Math.max(done, all) : done;
            over.signalAll();
        }
    }

    /** How many wait, or are at the disk. */
    int waiting() {
        lock.lock();
        try {
            return (int) (asked - done);
        } finally {
            lock.unlock();
        }
    }
}
