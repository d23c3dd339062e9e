package io.sallyport.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code ./demo} tells the scenario and waits for a human; {@code ./demo --check} plays it alone and judges it. */
public final class Demo {

    private Demo() {}

    public static void main(String[] arguments) throws Exception {
        boolean check = List.of(arguments).contains("--check");
        Path directory = Files.createTempDirectory("sallyport-demo");
        int exit;
        try (Stage stage = Stage.open(directory)) {
            exit = check ? new Check(stage).run() : new Tour(stage).run();
        } finally {
            Folders.delete(directory);
        }
        System.exit(exit);
    }
}
