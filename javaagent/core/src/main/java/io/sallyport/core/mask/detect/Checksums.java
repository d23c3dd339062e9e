package io.sallyport.core.mask.detect;

/** Check digits. Digits come as text of ASCII digits only. */
final class Checksums {
    private static final String VERHOEFF_D = "0123456789" + "1234067895" + "2340178956" + "3401289567" + "4012395678"
            + "5987604321" + "6598710432" + "7659821043" + "8765932104" + "9876543210";
    private static final String VERHOEFF_P = "0123456789" + "1576283094" + "5803796142" + "8916043527" + "9453126870"
            + "4286573901" + "2793806415" + "7046913258";

    private Checksums() {}

    /** ISO/IEC 7812-1 annex B. */
    static boolean luhn(CharSequence digits) {
        int sum = 0;
        boolean twice = false;
        for (int i = digits.length() - 1; i >= 0; i--) {
            int d = digits.charAt(i) - '0';
            if (twice) {
                d = d > 4 ? 2 * d - 9 : 2 * d;
            }
            sum += d;
            twice = !twice;
        }
        return sum % 10 == 0;
    }

    /** ISO 7064 MOD 97-10 as ISO 13616 uses it: letters count from A = 10, the first four characters move to the end. */
    static boolean iban(CharSequence compact) {
        int remainder = 0;
        int length = compact.length();
        for (int i = 0; i < length; i++) {
            char c = compact.charAt((i + 4) % length);
            int value = Character.digit(c, 36);
            remainder = (value < 10 ? remainder * 10 + value : remainder * 100 + value) % 97;
        }
        return remainder == 1;
    }

    /** J. Verhoeff, Error Detecting Decimal Codes, 1969. */
    static boolean verhoeff(CharSequence digits) {
        int check = 0;
        int length = digits.length();
        for (int i = 0; i < length; i++) {
            int digit = digits.charAt(length - 1 - i) - '0';
            int permuted = VERHOEFF_P.charAt((i % 8) * 10 + digit) - '0';
            check = VERHOEFF_D.charAt(check * 10 + permuted) - '0';
        }
        return check == 0;
    }

    /** ISO 7064 MOD 11,10. */
    static boolean mod11x10(CharSequence digits) {
        int product = 10;
        int last = digits.length() - 1;
        for (int i = 0; i < last; i++) {
            int sum = (digits.charAt(i) - '0' + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }
        return (11 - product) % 10 == digits.charAt(last) - '0';
    }

    /** Sum of the first {@code count} digits with weights that begin at {@code weight} and go down by one. */
    static int weighted(CharSequence digits, int count, int weight) {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            sum += (digits.charAt(i) - '0') * (weight - i);
        }
        return sum;
    }

    static boolean sameDigit(CharSequence digits) {
        for (int i = 1; i < digits.length(); i++) {
            if (digits.charAt(i) != digits.charAt(0)) {
                return false;
            }
        }
        return true;
    }
}
