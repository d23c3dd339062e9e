package io.sallyport.weaving;

import io.sallyport.weaving.sample.Door;
import io.sallyport.weaving.sample.OpenShed;
import io.sallyport.weaving.sample.SideDoor;
import java.io.IOException;

/**
 * Calls doors without naming them in a signature: a test class that did would load them when JUnit lists its methods, before the
 * agent is there.
 */
final class Visit {

    private Visit() {}

    static Object door() {
        return new Door();
    }

    static Object sideDoor() {
        return new SideDoor();
    }

    static Class<?> openShed() {
        return OpenShed.class;
    }

    static Class<?>[] classes() {
        return new Class<?>[] {Door.class, SideDoor.class};
    }

    static String open(Object door, String who) throws IOException {
        return ((Door) door).open(who);
    }

    static String broken(Object door) throws IOException {
        return ((Door) door).broken();
    }

    static int opened(Object door) {
        return ((Door) door).opened;
    }

    static String secret(Object door, int n) {
        return ((Door) door).secret(n);
    }

    static int number(Object door) {
        return ((Door) door).number();
    }
}
