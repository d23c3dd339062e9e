package io.sallyport.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What tshark sees on the loopback, below everything that a test could have put on the wire itself. Where it is not installed, or must not capture, there
 * is none. Before and after what is captured a word crosses in plain text: when it is in the file, everything between is, and could have been read.
 */
public final class Capture implements AutoCloseable {

    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final Path file;
    private final Process tshark;
    private final ServerSocket plain;

    private Capture(Path file, Process tshark, ServerSocket plain) {
        this.file = file;
        this.tshark = tshark;
        this.plain = plain;
    }

    /** @param ports of servers on the loopback */
    public static Optional<Capture> of(Path file, int... ports) throws IOException, InterruptedException {
        ServerSocket plain = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        String filter = IntStream.concat(IntStream.of(ports), IntStream.of(plain.getLocalPort()))
                .mapToObj(port -> "tcp port " + port)
                .collect(Collectors.joining(" or "));
        Process tshark;
        try {
            tshark = new ProcessBuilder("tshark", "-q", "-n", "-i", "lo", "-f", filter, "-w", file.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException notInstalled) {
            plain.close();
            return Optional.empty();
        }
        Capture begun = new Capture(file, tshark, plain);
        if (begun.crosses()) {
            return Optional.of(begun);
        }
        begun.close();
        return Optional.empty();
    }

    /**
     * Which of these words could be read.
     *
     * @throws AssertionError when the capture ended before
     */
    public List<String> readable(List<String> words) throws IOException, InterruptedException {
        if (!crosses()) {
            throw new AssertionError("nothing is captured any more");
        }
        byte[] all = Files.readAllBytes(file);
        List<String> found = new ArrayList<>();
        for (String word : words) {
            if (isIn(all, word)) {
                found.add(word);
            }
        }
        return found;
    }

    /** Sends a word until it is in the file. */
    private boolean crosses() throws IOException, InterruptedException {
        String word = "crossed-" + UUID.randomUUID();
        Instant limit = Instant.now().plus(LONGEST);
        while (tshark.isAlive() && Instant.now().isBefore(limit)) {
            try (Socket sender = new Socket(plain.getInetAddress(), plain.getLocalPort());
                    Socket receiver = plain.accept()) {
                sender.getOutputStream().write(word.getBytes(StandardCharsets.US_ASCII));
                receiver.getInputStream().readNBytes(word.length());
            }
            if (!tshark.waitFor(100, TimeUnit.MILLISECONDS)
                    && Files.exists(file)
                    && isIn(Files.readAllBytes(file), word)) {
                return true;
            }
        }
        return false;
    }

    /** In one segment, as what is written at once mostly is. */
    private static boolean isIn(byte[] all, String word) {
        return new String(all, StandardCharsets.ISO_8859_1)
                .contains(new String(word.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    }

    @Override
    public void close() throws IOException {
        tshark.destroy();
        tshark.onExit().orTimeout(LONGEST.toSeconds(), TimeUnit.SECONDS).join();
        plain.close();
    }
}
