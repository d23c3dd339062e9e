package io.sallyport.core.mask.body;

import io.sallyport.core.mask.BodyMasker;
import io.sallyport.core.mask.BodyRefusedException;
import io.sallyport.core.mask.body.BodyRules.Mask;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * application/x-www-form-urlencoded. A key matches the whole field name or one of its bracketed parts ({@code user[email]}), so that
 * nested names of web frameworks are reached.
 *
 * <p>Fields end at {@code &}, and for some readers at {@code ;} too (HTML 4.01, B.2.2). Both are followed: a name after a semicolon that a rule
 * names begins a field, any other is text of the value, and a masked value goes on to the next {@code &}.
 */
final class FormMasker implements BodyMasker {

    private enum Part {
        NAME,
        VALUE,
        /** What a rule names, up to the next {@code &}. */
        MASKED_VALUE,
        /** After a semicolon in a value: text of the value, or the name of another field. */
        DOUBTFUL
    }

    private final BodyRules rules;
    private final FieldMask field;
    private final FieldMask nameField;
    /** The name so far, that of a doubtful field with its semicolon. */
    private final Held name = new Held();

    private Part part = Part.NAME;
    private long position;
    private int percent;

    FormMasker(BodyRules rules) {
        this.rules = rules;
        this.field = new FieldMask(rules, FormCodec.INSTANCE);
        this.nameField = new FieldMask(rules, FormCodec.INSTANCE);
    }

    @Override
    public int masked() {
        return field.masked() + nameField.masked();
    }

    @Override
    public void update(byte[] bytes, int offset, int length, OutputStream out) throws IOException {
        int end = offset + length;
        int start = offset;
        for (int i = offset; i < end; i++, position++) {
            byte b = bytes[i];
            checkPercent(b);
            if (b == '&') {
                take(bytes, start, i, out);
                endOfField(out);
                out.write(b);
                start = i + 1;
            } else if (b == '=' && part == Part.NAME) {
                take(bytes, start, i, out);
                nameEnded(out);
                out.write(b);
                start = i + 1;
                beginValue(ruleOfName(), 0);
            } else if (b == '=' && part == Part.DOUBTFUL) {
                take(bytes, start, i, out);
                start = settle(out) ? i + 1 : i;
            } else if (b == ';' && (part == Part.VALUE || part == Part.DOUBTFUL)) {
                take(bytes, start, i, out);
                start = i;
                backToValue(out);
                part = Part.DOUBTFUL;
            }
        }
        take(bytes, start, end, out);
    }

    private void checkPercent(byte b) throws BodyRefusedException {
        if (percent > 0) {
            if (Character.digit(b, 16) < 0) {
                throw rules.refusal("a form", position, "a broken percent-encoding");
            }
            percent--;
        } else if (b == '%') {
            percent = 2;
        }
    }

    private void take(byte[] bytes, int from, int to, OutputStream out) throws IOException {
        if (part == Part.VALUE || part == Part.MASKED_VALUE) {
            field.add(bytes, from, to, out);
            return;
        }
        name.add(bytes, from, to);
        if (name.length() > FieldMask.LONGEST && part == Part.DOUBTFUL) {
            // A picture in base 64, say.
            backToValue(out);
        } else if (name.length() > FieldMask.LONGEST) {
            throw rules.refusal("a form", position, "a field name longer than " + FieldMask.LONGEST + " bytes");
        }
    }

    private void nameEnded(OutputStream out) throws IOException {
        nameField.begin(null, "");
        nameField.add(name.bytes(), 0, name.length(), out);
        nameField.end(out);
    }

    private String decodedName(int from) {
        return FormCodec.INSTANCE.decode(name.bytes(), from, name.length());
    }

    /** To a reader that ends fields at semicolons only what stands behind the last one is the name: {@code x;email=…}, {@code &amp;email=…}. */
    private @Nullable Mask ruleOfName() {
        Mask mask = rules.fieldKey(decodedName(0));
        int last = name.length();
        while (last > 0 && name.bytes()[last - 1] != ';') {
            last--;
        }
        return last == 0 ? mask : Mask.first(mask, rules.fieldKey(decodedName(last)));
    }

    private void beginValue(@Nullable Mask mask, int nameFrom) {
        field.begin(mask, decodedName(nameFrom));
        part = mask == null ? Part.VALUE : Part.MASKED_VALUE;
        name.clear();
    }

    /** The {@code =} after a doubtful name: whether it begins the value of a field that a rule names. */
    private boolean settle(OutputStream out) throws IOException {
        Mask mask = rules.fieldKey(decodedName(1));
        if (mask == null) {
            backToValue(out);
            return false;
        }
        field.end(out);
        nameEnded(out);
        out.write('=');
        beginValue(mask, 1);
        return true;
    }

    private void backToValue(OutputStream out) throws IOException {
        if (part == Part.DOUBTFUL) {
            field.add(name.bytes(), 0, name.length(), out);
            name.clear();
            part = Part.VALUE;
        }
    }

    private void endOfField(OutputStream out) throws IOException {
        backToValue(out);
        if (part == Part.NAME) {
            nameEnded(out);
        } else {
            field.end(out);
        }
        name.clear();
        part = Part.NAME;
    }

    @Override
    public void finish(OutputStream out) throws IOException {
        if (percent > 0) {
            throw rules.refusal("a form", position, "it ends too early");
        }
        endOfField(out);
    }
}
