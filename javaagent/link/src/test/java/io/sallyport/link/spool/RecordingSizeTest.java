package io.sallyport.link.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.record.CallSubject;
import io.sallyport.core.record.Circumstances;
import io.sallyport.core.record.RecordedCall;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What 100,000 statements of a shop take on disk, both records of each: sixty shapes, eight connections in a pool, a trace for every five statements, keys,
 * names, amounts, hashes of what is masked. The fewer statements there are in a tenth of a second, the smaller the blocks are, and the less there is in them
 * to be compressed by.
 */
class RecordingSizeTest {

    private static final int STATEMENTS = 100_000;
    private static final long MOST = 10_000_000;
    private static final String[] TABLES = {"customers", "orders", "order_lines", "payments", "products", "stock"};

    @TempDir
    private Path directory;

    @ParameterizedTest(name = "{0} statements in a block")
    @ValueSource(ints = {50, 500, 2_000})
    void aHundredThousandStatementsTakeLessThanTenMegabytes(int inBlock) throws Exception {
        Path place = Files.createDirectory(directory.resolve("place"));
        RecordingKey key = RecordingKey.at(directory.resolve("recording.key"));
        Random random = new Random(1);
        try (Spool spool = Spool.createAsleep(place, new SpoolBudget(64 << 20), key)) {
            String trace = "";
            long at = 1_764_360_000_123_456L;
            for (int i = 0; i < STATEMENTS; i++) {
                trace = i % 5 == 0 ? String.format("%016x%016x", random.nextLong(), random.nextLong()) : trace;
                ShopCall call = ShopCall.of(i, trace, random);
                at += 100_000 / inBlock;
                long micros = 80 + (long) Math.abs(random.nextGaussian() * 400);
                if (!spool.admitted(call, at, "allow", List.of(), call.masked())
                        || !spool.completed(call, at + micros, call.rows(), call.masked(), micros)) {
                    throw new AssertionError(spool.trouble());
                }
                if (i % inBlock == inBlock - 1) {
                    spool.seal();
                }
            }
            spool.seal();
            assertThat(bytes(spool)).isBetween(1_000_000L, MOST);
        }
    }

    private static long bytes(Spool spool) throws IOException {
        long bytes = 0;
        SpoolDirectory written = new SpoolDirectory(spool.path());
        for (long first : written.segments()) {
            bytes += Files.size(written.segment(first));
        }
        return bytes;
    }

    /** A statement of the shop. */
    private record ShopCall(int number, int shape, String session, String trace, byte[] line, int rows)
            implements RecordedCall {

        private static final String[] SESSIONS = new String[8];
        private static final String[] DETAILS = new String[60];
        private static final String[] SITES = new String[60];

        static {
            for (int i = 0; i < SESSIONS.length; i++) {
                SESSIONS[i] = "7q8k3f9x2m-" + Integer.toString(900 + i * 77, 32);
            }
            for (int i = 0; i < DETAILS.length; i++) {
                String table = TABLES[i % TABLES.length];
                DETAILS[i] = switch (i % 4) {
                    case 0 ->
                        "select t.id, t.version, t.created_at, t.status from " + table + " t where t.id = ? and t.k" + i
                                + " = ?";
                    case 1 -> "insert into " + table + " (id, name, amount, note_" + i + ") values (?, ?, ?, ?)";
                    case 2 -> "update " + table + " set status = ?, version = version + ?, c" + i + " = ? where id = ?";
                    default ->
                        "select count(*) from " + table
                                + " a join customers c on c.id = a.customer_id where c.email = ? and a.c" + i + " > ?";
                };
                SITES[i] = "com.example.shop." + table + ".Jdbc" + table + "Repository.step" + i + ":" + (40 + i * 7);
            }
        }

        static ShopCall of(int number, String trace, Random random) {
            // Some statements are most of them.
            int shape = (int) Math.min(59, Math.abs(random.nextGaussian() * 18));
            int key = random.nextInt(5_000_000);
            String line = switch (shape % 4) {
                case 0 -> key + ", " + random.nextInt(40);
                case 1 ->
                    key + ", '" + word(random) + " " + word(random) + "', " + random.nextInt(100_000) / 100.0
                            + ", 'created by checkout'";
                case 2 ->
                    "'" + (random.nextBoolean() ? "open" : "shipped") + "', 1, " + random.nextInt(1_000) + ", " + key;
                default -> String.format("hmac:%016x, %d", random.nextLong(), random.nextInt(500));
            };
            return new ShopCall(
                    number,
                    shape,
                    SESSIONS[random.nextInt(SESSIONS.length)],
                    trace,
                    line.getBytes(StandardCharsets.UTF_8),
                    random.nextInt(10) == 0 ? random.nextInt(50) : 1);
        }

        private static String word(Random random) {
            StringBuilder word = new StringBuilder();
            for (int n = 4 + random.nextInt(6); n > 0; n--) {
                word.append((char) ('a' + random.nextInt(26)));
            }
            return word.toString();
        }

        List<String> masked() {
            return shape % 4 == 3 ? List.of("contact") : List.of();
        }

        @Override
        public String target() {
            return "jdbc:postgresql://db.internal:5432/shop";
        }

        @Override
        public String summary() {
            return switch (shape % 4) {
                case 1 -> "insert";
                case 2 -> "update";
                default -> "read";
            };
        }

        @Override
        public String detail() {
            return DETAILS[shape];
        }

        @Override
        public @Nullable String callSite() {
            return SITES[shape];
        }

        @Override
        public String thread() {
            return "http-nio-8080-exec-" + session.hashCode() % 8;
        }

        @Override
        public String transaction() {
            return shape % 4 == 0 ? "autocommit" : "open";
        }

        @Override
        public int writeId(byte[] into, int at) {
            byte[] id = ("8k3f9x2m7q-" + Integer.toString(number, 32)).getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(id, 0, into, at, id.length);
            return at + id.length;
        }

        @Override
        public int writeValues(byte[] into, int at) {
            System.arraycopy(line, 0, into, at, line.length);
            return at + line.length;
        }

        @Override
        public CallSubject subject() {
            return new CallSubject(
                    session,
                    "",
                    target(),
                    summary(),
                    detail(),
                    callSite(),
                    thread(),
                    new Circumstances(transaction(), trace, null, null));
        }
    }
}
