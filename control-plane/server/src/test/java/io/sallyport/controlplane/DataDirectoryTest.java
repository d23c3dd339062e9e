package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class DataDirectoryTest {

    @TempDir
    private Path directory;

    private static String modes(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static void open(Path path, String modes) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(modes));
    }

    @Test
    void nobodyElseReadsTheStoreInADirectoryThatWasOpenToAll() throws Exception {
        Path data = Files.createDirectory(directory.resolve("data"));
        Path store = data.resolve("store.mv.db");
        Settings settings = new Settings(data, "127.0.0.1", 0, List.of(), null, null);
        open(data, "rwxr-xr-x");
        ControlPlane.start(settings).close();
        assertThat(modes(data)).isEqualTo("rwx------");
        assertThat(modes(store)).isEqualTo("rw-------");
        // As an earlier version left them.
        open(data, "rwxr-xr-x");
        open(store, "rw-r--r--");
        ControlPlane.start(settings).close();
        assertThat(modes(data)).isEqualTo("rwx------");
        assertThat(modes(store)).isEqualTo("rw-------");
    }
}
