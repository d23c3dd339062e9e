package io.sallyport.demo;

import io.sallyport.testing.ChildJvm;
import io.sallyport.testing.Jars;
import java.io.IOException;
import java.util.function.Consumer;

/** Starts the sample workload under the agent. Only launch options differ from an ungoverned start. */
final class Workload {

    private Workload() {}

    static ChildJvm start(Stage stage, Consumer<String> eachLine, String... steps) throws IOException {
        String[] command = new String[steps.length + 1];
        command[0] = "io.example.shop.ShopJob";
        System.arraycopy(steps, 0, command, 1, steps.length);
        return ChildJvm.builder()
                .agent("")
                .classPath(Jars.workloadClassPath())
                .env("SALLYPORT_CONTROL_PLANE", stage.controlPlane.url())
                .env("SALLYPORT_TOKEN_FILE", stage.tokenFile.toString())
                .env("SALLYPORT_SPOOL", stage.directory.resolve("spool").toString())
                .env("SALLYPORT_WORKLOAD", "shop-job")
                .env("SHOP_DB_URL", stage.database.url())
                .env("SHOP_DB_USER", stage.database.user())
                .env("SHOP_DB_PASSWORD", stage.database.password())
                .env("SHOP_USERS_API", stage.usersUrl())
                .onLine(eachLine)
                .run(command)
                .start();
    }
}
