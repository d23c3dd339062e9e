package io.sallyport.core.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Test cases in text files: fields separated by {@code " | "}, the last one being SQL ({@code \n}, {@code \r}, {@code \f}, {@code \t},
 * no-break space, NUL escaped as {@code ⏎}, {@code ␍}, {@code ␌}, {@code ␉}, {@code ⍽}, {@code ␀}); lines that start with {@code #} are comments.
 */
public final class Corpus {

    private Corpus() {}

    /** One case: its file and line, and its fields. */
    public record Case(String where, List<String> fields) {

        public Dialect dialect() {
            return Dialect.valueOf(fields.get(0).toUpperCase(Locale.ROOT));
        }

        public String sql() {
            return fields.get(fields.size() - 1)
                    .replace('⏎', '\n')
                    .replace('␍', '\r')
                    .replace('␀', '\0')
                    .replace('␌', '\f')
                    .replace('␉', '\t')
                    .replace('⍽', '\u00a0');
        }

        @Override
        public String toString() {
            return where + " " + String.join(" | ", fields);
        }
    }

    /** All cases below {@code folder}, each with {@code count} fields. */
    public static List<Case> read(String folder, int count) {
        URL url = Corpus.class.getResource("/sql/" + folder);
        List<Case> cases = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of(url.toURI()))) {
            for (Path file : files.sorted().toList()) {
                int line = 0;
                for (String text : Files.readAllLines(file)) {
                    line++;
                    if (!text.isBlank() && !text.startsWith("#")) {
                        List<String> fields = Stream.of(text.split(" \\| ", count))
                                .map(String::strip)
                                .toList();
                        if (fields.size() != count) {
                            throw new IllegalStateException(
                                    file.getFileName() + ":" + line + ": " + count + " fields wanted");
                        }
                        cases.add(new Case(file.getFileName() + ":" + line, fields));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        return cases;
    }
}
