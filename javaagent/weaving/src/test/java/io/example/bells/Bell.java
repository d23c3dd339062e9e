package io.example.bells;

/** A class of a library; tests take {@link #ring} out of it, as another version might. */
public class Bell {

    public String ring() {
        return "ding";
    }
}
