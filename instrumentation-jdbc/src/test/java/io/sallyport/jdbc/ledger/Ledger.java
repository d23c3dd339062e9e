package io.sallyport.jdbc.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * One driver's file. A line is {@code state type method,method,… why}; a method's name counts for all its overloads. A type may be
 * a glob. Methods are named in full, or all of a type or of a package by {@code *} where that is one thing: plain values, or what lies
 * behind one door; a public field has a dot before its name. At the head of a reason, {@code via type.method} names the woven method by which it
 * sends, {@code behind type.method} the one without which nobody holds the object.
 */
final class Ledger {

    enum State {
        /** Reaches the gate before anything is sent. */
        GATED,
        /** Shows column values, masked. */
        MASKED,
        /** Neither sends a command nor shows a value. */
        HARMLESS,
        /** A way around that is known: unfinished work, named in {@code docs/threat-model.md}. */
        OPEN
    }

    /**
     * @param via the woven method of {@code via Type.method}, or the empty string
     * @param behind the same of {@code behind Type.method}
     */
    record Line(State state, Pattern type, List<Pattern> methods, String via, String behind, String text) {

        boolean covers(VendorMethod method) {
            return type.matcher(method.type()).matches()
                    && methods.stream().anyMatch(m -> m.matcher(method.name()).matches());
        }
    }

    private final List<Line> lines = new ArrayList<>();

    private Ledger() {}

    /** @param driver name of the file below {@code /ledger} */
    static Ledger of(String driver) {
        Ledger ledger = new Ledger();
        try (InputStream in = Ledger.class.getResourceAsStream("/ledger/" + driver + ".ledger")) {
            if (in == null) {
                throw new IllegalStateException("no ledger for " + driver);
            }
            String file = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            file.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).forEach(l -> ledger.lines.add(parse(l)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ledger;
    }

    /** The first line that covers a method, or {@code null}. */
    Line lineFor(VendorMethod method) {
        for (Line line : lines) {
            if (line.covers(method)) {
                return line;
            }
        }
        return null;
    }

    /** Whether all that is told of a type is that nobody holds one without passing that method. */
    boolean keepsBehind(String type, String door) {
        List<Line> told =
                lines.stream().filter(l -> l.type().matcher(type).matches()).toList();
        return !told.isEmpty() && told.stream().allMatch(l -> l.behind().equals(door));
    }

    /** The methods that lines name by {@code via} or {@code behind}. */
    Set<String> doors() {
        Set<String> doors = new TreeSet<>();
        for (Line line : lines) {
            doors.add(line.via());
            doors.add(line.behind());
        }
        doors.remove("");
        return doors;
    }

    private static Line parse(String text) {
        String[] parts = text.strip().split("\\s+", 4);
        if (parts.length < 4) {
            throw new IllegalStateException("a line needs state, type, methods and a reason: " + text);
        }
        State state = State.valueOf(parts[0].toUpperCase(java.util.Locale.ROOT));
        List<Pattern> methods = new ArrayList<>();
        for (String name : parts[2].split(",")) {
            if (name.contains("*") && !name.equals("*")) {
                throw new IllegalStateException("methods are named in full, or all by one star: " + text);
            }
            methods.add(glob(name));
        }
        return new Line(state, glob(parts[1]), methods, door(parts[3], "via "), door(parts[3], "behind "), text);
    }

    private static String door(String why, String word) {
        return why.startsWith(word) ? why.split("\\s+")[1].replaceAll("[,;:]$", "") : "";
    }

    private static Pattern glob(String glob) {
        return Pattern.compile(glob.replace(".", "\\.").replace("$", "\\$").replace("*", ".*"));
    }
}
