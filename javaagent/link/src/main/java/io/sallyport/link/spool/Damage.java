package io.sallyport.link.spool;

import io.sallyport.core.record.Event;
import java.time.Instant;

/** What is said of a recording that is damaged. */
public final class Damage {

    private Damage() {}

    /** For people: which recording, and where. */
    public static String describe(String recording, String what) {
        return "the recording " + recording + " is damaged: " + what
                + "; it stays in the spool directory, run `verify` on it";
    }

    /** The alarm about it, for the recording of the process that has found it. */
    public static Event alarm(String what) {
        return Event.alarm(Instant.now(), "", what);
    }
}
