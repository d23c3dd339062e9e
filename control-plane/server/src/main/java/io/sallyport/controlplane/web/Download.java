package io.sallyport.controlplane.web;

import io.javalin.http.Context;
import io.sallyport.controlplane.Problem;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that is made as a whole before any of it is sent: what fails while it is made is told by a status and leaves no half file with the reader, its
 * length is stated so that one that was cut off on the way is noticed, and who reads slowly keeps no connection to the store meanwhile. It lies on
 * disk, readable by this user only, and has no name there once it is open. Used by one thread.
 */
final class Download implements AutoCloseable {

    /** Writes the file's text. */
    interface Content {
        void write(Writer out) throws IOException;
    }

    private final FileChannel file;

    private Download(FileChannel file) {
        this.file = file;
    }

    /** @throws Problem where the directory does not take it */
    static Download of(Path directory, Content content) {
        try {
            Path path = Files.createTempFile(directory, "download-", ".tmp");
            Download made = new Download(FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE));
            try {
                made.write(content);
                return made;
            } catch (Throwable e) {
                made.close();
                throw e;
            }
        } catch (IOException | UncheckedIOException e) {
            throw new Problem(
                    Problem.Kind.UNAVAILABLE,
                    "the file could not be made in the data directory of the control plane; is there room for it?");
        }
    }

    private void write(Content content) throws IOException {
        // Not closed: that would close the file, which is sent from its beginning.
        Writer out = new BufferedWriter(Channels.newWriter(file, StandardCharsets.UTF_8), 1 << 16);
        content.write(out);
        out.flush();
    }

    void send(Context request, String contentType, String name) throws IOException {
        request.res().setContentType(contentType);
        request.res().setContentLengthLong(file.size());
        request.res().setHeader("Content-Disposition", "attachment; filename=\"" + name + "\"");
        OutputStream out = request.res().getOutputStream();
        Channels.newInputStream(file.position(0)).transferTo(out);
        out.flush();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
