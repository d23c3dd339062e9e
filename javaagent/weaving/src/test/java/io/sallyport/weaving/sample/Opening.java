package io.sallyport.weaving.sample;

import java.io.IOException;

/** An interface whose implementations are woven. */
public interface Opening {
    String open(String who) throws IOException;
}
