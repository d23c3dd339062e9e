package io.sallyport.weaving.sample;

import java.io.IOException;

/** Implements nothing, so it is not woven. */
public class Shed {
    public String open(String who) throws IOException {
        return "welcome " + who;
    }
}
