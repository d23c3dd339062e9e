package io.sallyport.link.spool;

import io.sallyport.link.testing.Samples;
import java.io.FileOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A process that records until it is killed, and says after each event that it has been kept. */
public final class AppendLoop {

    public static void main(String[] arguments) throws Exception {
        SpoolSlot slot = SpoolSlot.claim(Path.of(arguments[0]), "orders");
        Spool spool = Spool.create(slot.path(), new SpoolBudget(256L << 20), slot.key(null));
        FileOutputStream out = new FileOutputStream(java.io.FileDescriptor.out);
        for (long i = 1; ; i++) {
            if (!spool.append(Samples.event(i))) {
                throw new IllegalStateException(spool.trouble());
            }
            out.write((spool.id() + " " + i + "\n").getBytes(StandardCharsets.US_ASCII));
        }
    }

    private AppendLoop() {}
}
