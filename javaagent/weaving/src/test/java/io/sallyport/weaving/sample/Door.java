package io.sallyport.weaving.sample;

import java.io.IOException;

/** A class whose calls are woven. */
public class Door {
    public int opened;

    /** Opens for everyone but {@code thief}. */
    public String open(String who) throws IOException {
        opened++;
        return inner(who);
    }

    public String inner(String who) throws IOException {
        return "welcome " + who;
    }

    /** Its advice class cannot be initialised. */
    public String broken() throws IOException {
        opened++;
        return "passed";
    }

    public String secret(int n) {
        return "secret" + n;
    }

    public int number() {
        return 7;
    }
}
