package io.sallyport.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code ./demo} tells the scenario and waits for a human; {@code ./demo --check} plays it alone and judges it. */
public final class Demo {

    private Demo() {}

    public static void main(String[] arguments) throws Exception {
        boolean check = List.of(arguments).contains("--check");
        CtrlC ctrlC = CtrlC.interrupts(Thread.currentThread());
        int exit = 1;
        try {
            exit = play(check);
        } catch (InterruptedException e) {
            System.out.println("\nStopped. Nothing is left running.");
        } finally {
            ctrlC.finished();
        }
        if (ctrlC.pressed()) {
            // The JVM is ending already; a main thread that returned now would race with the signal's exit code.
            Thread.currentThread().join();
        }
        System.exit(exit);
    }

    private static int play(boolean check) throws Exception {
        Path directory = Files.createTempDirectory("sallyport-demo");
        try (Stage stage = Stage.open(directory)) {
            return check ? new Check(stage).run() : new Tour(stage).run();
        } finally {
            Folders.delete(directory);
        }
    }
}
