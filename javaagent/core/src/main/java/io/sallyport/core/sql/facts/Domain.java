package io.sallyport.core.sql.facts;

import io.sallyport.core.sql.lex.TokenType;
import io.sallyport.core.sql.lex.Tokens;
import io.sallyport.core.sql.structure.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Values to try for what a condition doesn't fix: its literals, values between and beyond them, and values that tell common
 * functions apart. NULL comes last.
 */
final class Domain {

    private static final int MAX_LITERALS = 12;
    private static final int LONGEST_TEXT = 4_096;
    /** Longer than a digest. */
    private static final int LONG_TEXT = 200;

    private static final double MOST_LONG = 9.3e18;

    private final TreeSet<Double> numbers = new TreeSet<>();
    private final Set<String> strings = new LinkedHashSet<>();
    private boolean tooLarge;
    /** Made when first asked for, the same for all columns. */
    private @Nullable List<Value> ofNumbers;

    private @Nullable List<Value> ofTexts;

    Domain(Tokens t, Span condition) {
        for (int i = condition.from(); i < condition.to(); i++) {
            if (t.is(i, TokenType.NUMBER) && Constants.number(t.text(i)).data() instanceof Double number) {
                tooLarge |= numbers.size() >= MAX_LITERALS && !numbers.contains(number);
                if (numbers.size() < MAX_LITERALS) {
                    numbers.add(number);
                }
                if (t.isOp(i - 1, "-") && !tooLarge) {
                    numbers.add(-number);
                }
            } else if (t.is(i, TokenType.STRING)) {
                tooLarge |= strings.size() >= MAX_LITERALS && !strings.contains(t.content(i));
                if (strings.size() < MAX_LITERALS) {
                    strings.add(t.content(i));
                }
            }
        }
    }

    /** Whether there are literals beyond those that are tried. */
    boolean isTooLarge() {
        return tooLarge;
    }

    boolean hasStrings() {
        return !strings.isEmpty();
    }

    boolean hasNumbers() {
        return !numbers.isEmpty();
    }

    /** Numbers of a column: any that a 64-bit integer can be, and fractions. */
    List<Value> numbers() {
        if (ofNumbers == null) {
            ofNumbers = Collections.unmodifiableList(allNumbers());
        }
        return ofNumbers;
    }

    private List<Value> allNumbers() {
        List<Value> all = new ArrayList<>();
        TreeSet<Double> fixed = new TreeSet<>(numbers);
        fixed.add(0d);
        fixed.add(1d);
        double before = fixed.first() - 3;
        for (double number : fixed) {
            double third = (number - before) / 3;
            add(all, number);
            add(all, before + third);
            add(all, before + 2 * third);
            before = number;
        }
        add(all, before + 1);
        add(all, before + 2);
        all.add(Value.NULL);
        return all;
    }

    private static void add(List<Value> all, double number) {
        if (Math.abs(number) < MOST_LONG) {
            all.add(Value.constant(number));
        }
    }

    /** Whole numbers from {@code least} to {@code most}; never NULL. */
    List<Value> whole(double least, double most) {
        TreeSet<Double> all = new TreeSet<>();
        for (double number : new double[] {least, least + 1, least + 2}) {
            all.add(Math.min(number, most));
        }
        for (double number : numbers) {
            double floor = Math.floor(number);
            for (double near : new double[] {floor - 1, floor, floor + 1}) {
                if (near >= least && near <= most) {
                    all.add(near);
                }
            }
        }
        List<Value> values = new ArrayList<>();
        all.forEach(number -> values.add(Value.constant(number)));
        return values;
    }

    List<Value> texts() {
        if (ofTexts == null) {
            ofTexts = Collections.unmodifiableList(allTexts());
        }
        return ofTexts;
    }

    private List<Value> allTexts() {
        List<Value> all = new ArrayList<>();
        for (String text : strings) {
            all.add(Value.constant(text));
            all.add(Value.constant(text + "0"));
            all.add(Value.constant(text + "1"));
            if (!text.equals(text.toUpperCase(Locale.ROOT))) {
                all.add(Value.constant(text.toUpperCase(Locale.ROOT)));
            }
        }
        for (String text : new String[] {"", "a", "B", " c "}) {
            all.add(Value.constant(text));
        }
        double longest = numbers.isEmpty() ? 0 : numbers.last();
        if (longest < LONGEST_TEXT) {
            all.add(Value.constant("x".repeat(Math.max((int) longest + 1, LONG_TEXT))));
        }
        all.add(Value.NULL);
        return all;
    }

    /** Hexadecimal texts of one length: those that are named, and others. */
    List<Value> digests(int length) {
        List<Value> all = new ArrayList<>();
        for (String text : strings) {
            if (text.length() == length) {
                all.add(Value.constant(text));
            }
        }
        all.add(Value.constant("0".repeat(length)));
        all.add(Value.constant("f".repeat(length)));
        return all;
    }

    /** Whole rows as PostgreSQL writes them: never empty, never NULL. */
    List<Value> rows() {
        List<Value> all = new ArrayList<>();
        all.add(Value.constant("(1,a)"));
        all.add(Value.constant("(2,B)"));
        for (String text : strings) {
            all.add(Value.constant("(1," + text + ")"));
        }
        return all;
    }

    /** Where PostgreSQL keeps a row, {@code (block,number)}, in texts that compare as they do: the first there can be, one beyond all that are named. */
    List<Value> places() {
        List<Value> all = new ArrayList<>();
        all.add(Value.constant("(0,1)"));
        all.add(Value.constant("(9999999999,1)"));
        for (String text : strings) {
            if (text.startsWith("(") && !text.endsWith(",0)")) {
                all.add(Value.constant(text));
            }
        }
        return all;
    }

    /** Texts that identify a row: neither empty nor NULL. */
    List<Value> keys() {
        List<Value> all = allTexts();
        all.removeIf(v -> v.isNull() || Constants.text(v).isEmpty());
        return all;
    }
}
