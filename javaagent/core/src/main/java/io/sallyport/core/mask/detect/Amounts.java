package io.sallyport.core.mask.detect;

/** Groups of digits as amounts have them: thousands, with dots between ({@code 1.234.567}), or two digits behind one dot ({@code 1234567.00}). */
final class Amounts {
    private Amounts() {}

    /** @param shape lengths of the groups and the separators between them */
    static boolean isShapeOfOne(String shape) {
        int dot = shape.indexOf('.');
        if (dot <= 0) {
            return false;
        }
        return isThousands(shape, '.')
                || (dot == shape.length() - 2 && shape.charAt(dot + 1) <= '2' && shape.indexOf(' ') < 0);
    }

    /** Whether all groups but the first have three digits, and the mark between them. */
    static boolean isThousands(String shape, char mark) {
        if (shape.length() < 3 || shape.charAt(0) > '3' || shape.charAt(1) != mark) {
            return false;
        }
        for (int i = 1; i < shape.length(); i += 2) {
            if (shape.charAt(i) != mark || i + 1 == shape.length() || shape.charAt(i + 1) != '3') {
                return false;
            }
        }
        return true;
    }
}
