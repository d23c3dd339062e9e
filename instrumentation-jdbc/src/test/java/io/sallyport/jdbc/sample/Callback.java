package io.sallyport.jdbc.sample;

import java.util.concurrent.Callable;

/** Application code that a driver runs inside a statement: the body of an SQL function of H2. */
public final class Callback {

    public static volatile Callable<String> body = () -> "nothing";

    private Callback() {}

    public static String call() throws Exception {
        return body.call();
    }
}
