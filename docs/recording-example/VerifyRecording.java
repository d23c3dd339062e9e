import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.Inflater;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A verifier of one closed recording, written from docs/recording.md alone and with nothing but the JDK:
 *
 * <pre>java VerifyRecording.java DIRECTORY [recording.key]</pre>
 *
 * Without the key it checks sequence, chain and signatures; with it it reads the records too and prints one line for each.
 */
public class VerifyRecording {

    /** Members that are there only where their flag is set: the first is flag 1, the next 2, then 4, and so on. */
    private static final List<String> MEMBERS = List.of(
            "verdict", "rules", "wouldHave", "rows", "masked", "callSite", "ticket", "persons", "reason", "micros",
            "tls", "error", "values", "transaction", "trace", "user", "bytes", "cells", "sample");

    public static void main(String[] arguments) throws Exception {
        verify(Path.of(arguments[0]), arguments.length > 1 ? Path.of(arguments[1]) : null).forEach(System.out::println);
    }

    /** @return a line for each record, or for each block where there is no key; throws where something is not as it was sealed */
    public static List<String> verify(Path directory, Path keyFile) throws Exception {
        String id = directory.getFileName().toString();
        String publicKey = Files.readString(directory.resolve("public-key")).strip();
        PublicKey signer = KeyFactory.getInstance("Ed25519")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(publicKey)));
        byte[] chain = sha256(("sallyport-recording-1\n" + id + "\n" + publicKey + "\n").getBytes(StandardCharsets.UTF_8));
        long next = 1;
        boolean ended = false;
        List<String> lines = new ArrayList<>();
        for (Path segment : segments(directory)) {
            ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(segment));
            while (in.hasRemaining()) {
                check(!ended, "a block follows the end");
                check(in.remaining() >= 84 + 16 + 64, "a torn block at " + next);
                int start = in.position();
                int length = in.getInt(start + 4);
                check(in.getInt(start) == 0x53504231, "no block at " + next);
                check(length >= 84 + 16 + 64 && length <= in.remaining(), "a torn block at " + next);
                byte[] block = new byte[length];
                in.get(block);
                ByteBuffer head = ByteBuffer.wrap(block);
                check(head.getLong(8) == next, "records before " + head.getLong(8) + " are missing");
                check(Arrays.equals(block, 40, 72, chain, 0, 32), "the block with " + next + " does not continue");
                chain = sha256(Arrays.copyOf(block, length - 64));
                Signature signature = Signature.getInstance("Ed25519");
                signature.initVerify(signer);
                signature.update("sallyport-block-1\n".getBytes(StandardCharsets.UTF_8));
                signature.update(chain);
                check(signature.verify(block, length - 64, 64), "the signature of the block with " + next + " is wrong");
                check((block[20] & 8) == 0, "records before the block with " + next + " are missing");
                ended = (block[20] & 4) != 0;
                if (keyFile == null) {
                    lines.add(next + " to " + (next + head.getInt(16) - 1) + " " + hex(chain));
                } else {
                    lines.addAll(records(block, id, keyFile, next, head.getInt(16)));
                }
                next += head.getInt(16);
            }
        }
        check(ended, "the end is missing behind record " + (next - 1));
        return lines;
    }

    private static List<Path> segments(Path directory) throws Exception {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(f -> f.toString().endsWith(".blocks")).sorted().toList();
        }
    }

    private static List<String> records(byte[] block, String id, Path keyFile, long first, int count) throws Exception {
        String secret = Files.readAllLines(keyFile).stream()
                .filter(line -> line.startsWith("secret "))
                .findFirst()
                .orElseThrow()
                .substring(7);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret), "HmacSHA256"));
        byte[] key = mac.doFinal(("sallyport-recording-cipher-1\n" + id).getBytes(StandardCharsets.UTF_8));
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, block, 72, 12));
        cipher.updateAAD(block, 0, 84);
        byte[] payload = cipher.doFinal(block, 84, block.length - 84 - 64);
        Reader in = new Reader((block[20] & 1) == 0 ? payload : inflated(payload));
        check(in.bytes[in.at++] == 1, "a later version");
        TreeMap<Long, String> ordered = new TreeMap<>();
        for (long runs = in.number(); runs > 0; runs--) {
            long base = in.fixed();
            List<String> texts = new ArrayList<>();
            long order = 0;
            for (long records = in.number(); records > 0; records--) {
                int length = (int) in.number();
                order += in.number();
                int end = in.at + length;
                ordered.put(order, in.record(base, texts).toString());
                check(in.at <= end, "a record is longer than it says");
                in.at = end;
            }
        }
        check(ordered.size() == count, "the block with " + first + " holds " + ordered.size() + " records");
        List<String> lines = new ArrayList<>();
        for (String record : ordered.values()) {
            lines.add((first + lines.size()) + " " + record);
        }
        return lines;
    }

    private static final class Reader {
        final byte[] bytes;
        int at;

        Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        long number() {
            long value = 0;
            for (int shift = 0; ; shift += 7) {
                byte b = bytes[at++];
                value |= (long) (b & 0x7f) << shift;
                if (b >= 0) {
                    return value;
                }
            }
        }

        String text(List<String> texts) {
            long v = number();
            if ((v & 3) == 1) {
                return texts.get((int) (v >> 2));
            }
            int length = (int) (v >> 2);
            String text = new String(bytes, at, length, StandardCharsets.UTF_8);
            at += length;
            if ((v & 3) == 2) {
                texts.add(text);
            }
            return text;
        }

        long signed() {
            long v = number();
            return v >>> 1 ^ -(v & 1);
        }

        long fixed() {
            at += 8;
            return ByteBuffer.wrap(bytes, at - 8, 8).getLong();
        }

        /** The members that are there, by the names that they have in the API. */
        Map<String, Object> record(long base, List<String> texts) {
            Map<String, Object> record = new LinkedHashMap<>();
            record.put("type", text(texts));
            long flags = number();
            record.put("at", Instant.EPOCH.plus(base + signed(), ChronoUnit.MICROS));
            for (String name : List.of("call", "session", "target", "summary", "detail", "thread")) {
                record.put(name, text(texts));
            }
            for (int bit = 0; bit < MEMBERS.size(); bit++) {
                if ((flags >> bit & 1) != 0) {
                    record.put(MEMBERS.get(bit), member(MEMBERS.get(bit), texts));
                }
            }
            return record;
        }

        private Object member(String name, List<String> texts) {
            switch (name) {
                case "rules", "masked", "persons" -> {
                    List<String> several = new ArrayList<>();
                    for (long n = number(); n > 0; n--) {
                        several.add(text(texts));
                    }
                    return several;
                }
                case "cells" -> {
                    Map<String, Long> cells = new TreeMap<>();
                    for (long n = number(); n > 0; n--) {
                        cells.put(text(texts), number());
                    }
                    return cells;
                }
                case "rows", "micros", "bytes" -> {
                    return signed();
                }
                default -> {
                    return text(texts);
                }
            }
        }
    }

    private static byte[] inflated(byte[] deflated) throws Exception {
        Inflater inflater = new Inflater(true);
        inflater.setInput(deflated);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        while (!inflater.finished()) {
            int n = inflater.inflate(buffer);
            check(n > 0 || inflater.finished(), "the payload is cut off");
            out.write(buffer, 0, n);
        }
        inflater.end();
        return out.toByteArray();
    }

    private static byte[] sha256(byte[] bytes) throws Exception {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }

    private static String hex(byte[] bytes) {
        StringBuilder hex = new StringBuilder();
        for (byte b : bytes) {
            hex.append(String.format("%02x", b));
        }
        return hex.toString();
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
