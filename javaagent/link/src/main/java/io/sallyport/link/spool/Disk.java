package io.sallyport.link.spool;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What brings files from the operating system's memory to the disk itself. A seam: tests take the power away behind it. Thread-safe. */
interface Disk {

    Disk REAL = new Disk() {
        @Override
        public void force(Path file, MappedByteBuffer memory) throws IOException {
            try {
                memory.force();
            } catch (java.io.UncheckedIOException e) {
                throw e.getCause();
            }
        }

        @Override
        public void force(Path path, RandomAccessFile file) throws IOException {
            file.getFD().sync();
        }

        @Override
        public void forceNames(Path directory) throws IOException {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    };

    /** The content of a mapped file. */
    void force(Path file, MappedByteBuffer memory) throws IOException;

    /** The content of a file. */
    void force(Path path, RandomAccessFile file) throws IOException;

    /** Which files there are in a directory: a file whose content was forced and whose name was not may be gone. */
    void forceNames(Path directory) throws IOException;
}
