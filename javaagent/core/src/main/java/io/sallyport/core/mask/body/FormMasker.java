package io.sallyport.core.mask.body;

import io.sallyport.core.mask.BodyMasker;
import io.sallyport.core.mask.BodyRefusedException;
import java.io.IOException;
import java.io.OutputStream;

/**
 * application/x-www-form-urlencoded. A key matches the whole field name or one of its bracketed parts ({@code user[email]}), so that
 * nested names of web frameworks are reached.
 */
final class FormMasker implements BodyMasker {
    private final BodyRules rules;
    private final FieldMask field;
    private final FieldMask nameField;
    private final Held name = new Held();
    private boolean inValue;
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
            if (b == '&' || (b == '=' && !inValue)) {
                take(bytes, start, i, out);
                if (inValue) {
                    field.end(out);
                } else {
                    nameEnded(out);
                }
                out.write(b);
                inValue = b == '=';
                start = i + 1;
                if (inValue) {
                    beginValue();
                }
                name.clear();
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
        if (inValue) {
            field.add(bytes, from, to, out);
        } else {
            name.add(bytes, from, to);
            if (name.length() > FieldMask.LONGEST) {
                throw rules.refusal("a form", position, "a field name longer than " + FieldMask.LONGEST + " bytes");
            }
        }
    }

    private void nameEnded(OutputStream out) throws IOException {
        nameField.begin(null, "");
        nameField.add(name.bytes(), 0, name.length(), out);
        nameField.end(out);
    }

    private void beginValue() {
        String text = FormCodec.INSTANCE.decode(name.bytes(), 0, name.length());
        field.begin(rules.fieldKey(text), text);
    }

    @Override
    public void finish(OutputStream out) throws IOException {
        if (percent > 0) {
            throw rules.refusal("a form", position, "it ends too early");
        }
        if (inValue) {
            field.end(out);
        } else {
            nameEnded(out);
        }
    }
}
