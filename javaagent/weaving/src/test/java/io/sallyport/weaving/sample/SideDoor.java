package io.sallyport.weaving.sample;

/** Overrides a getter and delegates to it. */
public class SideDoor extends Door {
    @Override
    public String secret(int n) {
        return "side-" + super.secret(n);
    }
}
