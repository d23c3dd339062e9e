package io.sallyport.weaving.sample;

/** A class that is only watched, and that is loaded before it is woven. */
public class Window {
    public String look() {
        return "garden";
    }
}
