package io.sallyport.core.record;

import io.sallyport.core.record.credential.CredentialNames;
import io.sallyport.core.record.credential.CredentialText;
import io.sallyport.core.record.credential.NamedBeside;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first rows of a result as the caller saw them, for {@link Event#sample}: a line for each row, {@code id=1, name='Ada', photo=<3120
 * bytes>}, with the values that the caller read, in the order in which it did. Bounded in rows and characters; what does not fit is
 * {@code …}, and so is what stands in a row beside the name of a credential ({@code name='smtp.password', value=…}). Not thread-safe.
 */
public final class RowSample {

    /** Most rows. */
    static final int MOST_ROWS = 20;

    /** Most characters; what the spool keeps of a sample is longer. */
    static final int MOST = 4 * 1024;

    /** Most characters of one value. */
    private static final int MOST_TEXT = 64;

    private static final String CUT = "…";

    private final StringBuilder text = new StringBuilder(256);
    private int rows;
    private final List<Cell> row = new ArrayList<>();
    private int length;
    private @Nullable String nameIn;
    private boolean severalNames;
    private boolean cut;

    private record Cell(String label, String shown) {}

    /** The caller came to another row. */
    public void row() {
        endRow();
        rows++;
        if (cut || rows > MOST_ROWS) {
            cut = true;
            return;
        }
        if (rows > 1) {
            text.append('\n');
        }
    }

    /** The caller read {@code value}, which may be written down. */
    public void value(String label, @Nullable Object value) {
        if (value instanceof String string && CredentialNames.isName(string)) {
            severalNames |= nameIn != null && !label.equals(nameIn);
            nameIn = label;
        }
        put(label, shown(value));
    }

    /** The caller read a value that may not be written down. */
    public void withheld(String label) {
        put(label, CUT);
    }

    /** @return {@code null} where nothing was read */
    public @Nullable String text() {
        endRow();
        if (text.toString().isBlank()) {
            return null;
        }
        return cut ? text + "\n" + CUT : text.toString();
    }

    private void put(String label, String shown) {
        if (cut || rows == 0) {
            return;
        }
        length += label.length() + shown.length();
        if (text.length() + length > MOST) {
            cut = true;
            return;
        }
        row.add(new Cell(label, shown));
    }

    /** What stands beside the name of a credential may be that, whichever was read first. */
    private void endRow() {
        for (int i = 0; i < row.size(); i++) {
            Cell cell = row.get(i);
            boolean beside = nameIn != null && (severalNames || !nameIn.equals(cell.label));
            text.append(i == 0 ? "" : ", ");
            flat(cell.label, cell.label.length());
            text.append('=').append(beside ? CUT : cell.shown);
        }
        row.clear();
        length = 0;
        nameIn = null;
        severalNames = false;
    }

    private void flat(String of, int length) {
        for (int i = 0; i < length; i++) {
            char c = of.charAt(i);
            text.append(c < ' ' ? ' ' : c);
        }
    }

    private static String shown(@Nullable Object value) {
        if (value == null) {
            return "NULL";
        } else if (value instanceof String string) {
            return quoted(CredentialText.without(NamedBeside.without(string)));
        } else if (value instanceof byte[] bytes) {
            return "<" + bytes.length + " bytes>";
        } else if (PlainValues.isPlain(value)) {
            String plain = value.toString();
            return value instanceof Number || value instanceof Boolean ? cut(plain) : quoted(plain);
        }
        // Reading it would take it from the caller, or run somebody else's code.
        return "<" + cut(value.getClass().getSimpleName()) + ">";
    }

    private static String quoted(String value) {
        StringBuilder quoted = new StringBuilder(Math.min(value.length(), MOST_TEXT) + 3).append('\'');
        String kept = cut(value);
        for (int i = 0; i < kept.length(); i++) {
            char c = kept.charAt(i);
            quoted.append(c < ' ' ? ' ' : c);
            if (c == '\'') {
                quoted.append(c);
            }
        }
        return quoted.append('\'').toString();
    }

    private static String cut(String value) {
        if (value.length() <= MOST_TEXT) {
            return value;
        }
        // Half of a character is none.
        int end = Character.isHighSurrogate(value.charAt(MOST_TEXT - 1)) ? MOST_TEXT - 1 : MOST_TEXT;
        return value.substring(0, end) + CUT;
    }
}
