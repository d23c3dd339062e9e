package io.sallyport.core.mask.detect;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Numbers that a state gives to each person, of the eight largest populations whose number has a check digit: India, Brazil,
 * Turkey, Germany, Thailand, the United Kingdom, South Africa and Italy ({@link FiscalCodes}). One check digit lets every tenth
 * number through, so that without a grouping that nothing else has
 * a context word is demanded.
 */
final class NationalIds {
    private static final Set<String> AADHAAR = Set.of(
            "aadhaar",
            "aadhar",
            "adhaar",
            "uidai",
            "aadhaarnumber",
            "aadhaarno",
            "आधार",
            "আধার",
            "ஆதார்",
            "ఆధార్",
            "આધાર",
            "ਆਧਾਰ",
            "ಆಧಾರ್",
            "ആധാർ");
    private static final Set<String> CPF = Set.of("cpf", "contribuinte", "cpfnumber");
    private static final Set<String> TURKEY = Set.of(
            "tckn",
            "tc",
            "kimlik",
            "tcno",
            "tckimlik",
            "tckimlikno",
            "vatandas",
            "vatandaş",
            "vatandaslik",
            "vatandaşlık",
            "vatandaşlik",
            "kimlikno",
            "nufus");
    private static final Set<String> GERMANY = Set.of(
            "steuerid",
            "steueridnr",
            "idnr",
            "steuer",
            "steueridentifikationsnummer",
            "identifikationsnummer",
            "steueridentnummer",
            "identnummer",
            "steuernummer",
            "steuernr",
            "taxidentificationnumber",
            "steuerliche",
            "tax",
            "taxid",
            "tin");
    private static final Set<String> THAILAND =
            Set.of("thai", "thailand", "tnin", "thaiid", "บัตรประชาชน", "ประชาชน", "เลขประจำตัว", "ผู้เสียภาษี");
    private static final Set<String> NHS = Set.of("nhs", "nhsnumber", "nhsno", "nationalhealthservice");
    private static final Set<String> SOUTH_AFRICA = Set.of(
            "za",
            "rsa",
            "african",
            "africa",
            "southafricaid",
            "southafrica",
            "saidnumber",
            "said",
            "zaid",
            "sa",
            "identity",
            "identitynumber",
            "idnumber",
            "idno");

    /** What the number of whatever state is called. */
    private static final Set<String> ANY = Set.of(
            "nationalid",
            "nationalidnumber",
            "nationalidentitynumber",
            "nationalidentifier",
            "citizenid",
            "idcardnumber",
            "personalid",
            "governmentid");

    private NationalIds() {}

    private static boolean hinted(Set<String> words, ContextWords context, int start) {
        return context.near(words, start) || context.near(ANY, start);
    }

    /**
     * Where a word says what it is, people group it as they like.
     *
     * @param shape lengths of the digit groups and the separators between them, {@code 3.3.3-2} for example
     * @return the entity or {@code null}
     */
    static @Nullable String match(CharSequence digits, String shape, ContextWords context, int start) {
        if (digits.length() < 10 || digits.length() > 13 || Checksums.sameDigit(digits)) {
            return null;
        } else if (shape.equals("3.3.3-2") && isCpf(digits)) {
            return "BR_CPF";
        } else if ((shape.equals("1-4-5-2-1") || shape.equals("1 4 5 2 1")) && isThai(digits)) {
            return "TH_TNIN";
        }
        return Amounts.isShapeOfOne(shape) ? null : hinted(digits, context, start);
    }

    private static @Nullable String hinted(CharSequence digits, ContextWords context, int start) {
        return switch (digits.length()) {
            case 10 -> isNhs(digits) && context.near(NHS, start) ? "UK_NHS" : null;
            case 11 -> eleven(digits, context, start);
            case 12 ->
                digits.charAt(0) >= '2' && hinted(AADHAAR, context, start) && Checksums.verhoeff(digits)
                        ? "IN_AADHAAR"
                        : null;
            default ->
                isThai(digits) && hinted(THAILAND, context, start)
                        ? "TH_TNIN"
                        : isSouthAfrican(digits) && hinted(SOUTH_AFRICA, context, start) ? "ZA_ID_NUMBER" : null;
        };
    }

    private static @Nullable String eleven(CharSequence digits, ContextWords context, int start) {
        if (isCpf(digits) && hinted(CPF, context, start)) {
            return "BR_CPF";
        } else if (isTurkish(digits) && hinted(TURKEY, context, start)) {
            return "TR_NATIONAL_ID";
        }
        return isGermanTaxId(digits) && hinted(GERMANY, context, start) ? "DE_TAX_ID" : null;
    }

    private static boolean isNhs(CharSequence digits) {
        int check = 11 - Checksums.weighted(digits, 9, 10) % 11;
        return (check == 11 ? 0 : check) == digits.charAt(9) - '0';
    }

    private static boolean isCpf(CharSequence digits) {
        int first = Checksums.weighted(digits, 9, 10) * 10 % 11 % 10;
        int second = Checksums.weighted(digits, 10, 11) * 10 % 11 % 10;
        return first == digits.charAt(9) - '0' && second == digits.charAt(10) - '0';
    }

    private static boolean isTurkish(CharSequence digits) {
        int odd = 0;
        int even = 0;
        for (int i = 0; i < 9; i++) {
            if (i % 2 == 0) {
                odd += digits.charAt(i) - '0';
            } else {
                even += digits.charAt(i) - '0';
            }
        }
        int tenth = Math.floorMod(odd * 7 - even, 10);
        int eleventh = (odd + even + tenth) % 10;
        return digits.charAt(0) != '0' && tenth == digits.charAt(9) - '0' && eleventh == digits.charAt(10) - '0';
    }

    /** Among the first ten digits exactly one occurs twice or three times (never three in a row), the others once at most. */
    private static boolean isGermanTaxId(CharSequence digits) {
        int[] count = new int[10];
        for (int i = 0; i < 10; i++) {
            count[digits.charAt(i) - '0']++;
        }
        int repeated = 0;
        for (int c : count) {
            if (c > 3) {
                return false;
            }
            repeated += c > 1 ? 1 : 0;
        }
        return digits.charAt(0) != '0' && repeated == 1 && Checksums.mod11x10(digits);
    }

    private static boolean isThai(CharSequence digits) {
        int check = (11 - Checksums.weighted(digits, 12, 13) % 11) % 10;
        return digits.charAt(0) != '0' && check == digits.charAt(12) - '0';
    }

    private static boolean isSouthAfrican(CharSequence digits) {
        int month = (digits.charAt(2) - '0') * 10 + digits.charAt(3) - '0';
        int day = (digits.charAt(4) - '0') * 10 + digits.charAt(5) - '0';
        return month >= 1 && month <= 12 && day >= 1 && day <= 31 && digits.charAt(10) <= '2' && Checksums.luhn(digits);
    }
}
