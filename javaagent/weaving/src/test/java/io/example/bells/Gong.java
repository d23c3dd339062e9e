package io.example.bells;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** A class of the same library as {@link Bell}, whose calls are woven. */
public class Gong implements Callable<Object> {

    public int struck;

    /** @param by a bell, or an application's code that the advice runs */
    public String strike(Object by) throws IOException {
        struck++;
        return "gong";
    }

    public String echo(Object by) throws IOException {
        struck++;
        return "gong";
    }

    public CompletableFuture<String> later(Object by) {
        struck++;
        return CompletableFuture.completedFuture("gong");
    }

    /** A bell of the same version. */
    @Override
    public Object call() {
        return new Bell();
    }
}
