package io.sallyport.link.spool;

import io.sallyport.link.testing.Samples;
import java.nio.file.Files;
import java.nio.file.Path;

/** What processes of {@link FullDiskTest} do on a small file system that is mounted for them alone. */
final class RealDisk {

    private RealDisk() {}

    /** Records until the disk is full, gets some room, records until it is full again, and ends like a killed process. */
    public static final class Fills {

        public static void main(String[] arguments) throws Exception {
            Path disk = Path.of(arguments[0]);
            Path filler = Files.write(disk.resolve("filler"), new byte[1 << 20]);
            SpoolSlot slot = SpoolSlot.claim(disk.resolve("place"), "orders");
            Spool spool = Spool.create(slot.path(), new SpoolBudget(32L << 20), slot.key(null));
            long kept = untilRefused(spool, 0);
            System.out.println("full at " + kept + ": " + spool.trouble());
            Files.delete(filler);
            while (!spool.append(Samples.random(kept + 1))) {
                Thread.sleep(5);
            }
            kept = untilRefused(spool, kept + 1);
            System.out.println("full again at " + kept + ": " + spool.trouble());
            Runtime.getRuntime().halt(0);
        }

        private static long untilRefused(Spool spool, long from) {
            long kept = from;
            while (spool.append(Samples.random(kept + 1))) {
                kept++;
            }
            return kept;
        }

        private Fills() {}
    }

    /** The next start, with some room. */
    public static final class TakesOver {

        public static void main(String[] arguments) throws Exception {
            SpoolSlot slot = SpoolSlot.claim(Path.of(arguments[0]).resolve("place"), "orders");
            LeftoverSpool left = slot.leftovers(new SpoolBudget(64 << 20), slot.key(null), problem -> {
                        throw new AssertionError(problem);
                    })
                    .get(0);
            long same = 0;
            try (SpoolReader reader = left.read(1)) {
                for (long n = 1; n <= left.last(); n++) {
                    String detail = reader.next(left.last()).event().detail();
                    same += detail.equals(Samples.random(n).detail()) ? 1 : 0;
                }
            }
            boolean intact = SpoolVerifier.verify(slot.path()).intact();
            System.out.println("took over " + same + " of " + left.last() + (intact ? " intact" : " damaged"));
        }

        private TakesOver() {}
    }
}
