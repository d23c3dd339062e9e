package io.sallyport.controlplane.secrets;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files that only their owner may read. */
public final class SecretFile {

    private static final Logger LOG = LoggerFactory.getLogger(SecretFile.class);
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rwx------");

    /** Writes the file in one step (a crash leaves the old one or the new one), mode 0600 where the file system has modes. */
    public static void write(Path file, String content) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(temporary);
        Files.createFile(temporary, ownerOnly("rw-------"));
        Files.writeString(
                temporary, content, StandardCharsets.UTF_8, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Creates a directory that only its owner may enter; one that is there is {@linkplain #narrow closed to others}. */
    public static void directory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Path parent = directory.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.createDirectory(directory, ownerOnly("rwx------"));
        } else {
            narrow(directory);
        }
    }

    /**
     * Takes a directory's or file's modes from everyone but its owner, where it is there. A directory that everyone may write to is somebody
     * else's to close and stays, as does what belongs to another user.
     */
    public static void narrow(Path path) {
        if (!POSIX) {
            return;
        }
        try {
            if (!Files.exists(path)) {
                return;
            }
            Set<PosixFilePermission> before = Files.getPosixFilePermissions(path);
            Set<PosixFilePermission> after = EnumSet.copyOf(OWNER);
            after.retainAll(before);
            if (Files.isDirectory(path) && before.contains(PosixFilePermission.OTHERS_WRITE)) {
                LOG.warn("{} may be written to by every user of this machine; choose a directory of its own", path);
            } else if (!after.equals(before)) {
                Files.setPosixFilePermissions(path, after);
            }
        } catch (IOException | UnsupportedOperationException e) {
            LOG.warn("{} may be readable for others, since its modes cannot be changed ({})", path, e.toString());
        }
    }

    private static FileAttribute<?>[] ownerOnly(String mode) {
        if (!POSIX) {
            return new FileAttribute<?>[0];
        }
        Set<PosixFilePermission> permissions = PosixFilePermissions.fromString(mode);
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)};
    }

    private SecretFile() {}
}
