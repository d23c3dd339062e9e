package io.sallyport.core.mask.detect;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A number with its label right before it, as logs and fixed formats write it: {@code PAN4111…}, {@code card_number_4111…}, {@code SSN123-45-6789}, {@code IBANDE89…}. */
final class GluedLabels {
    private static final int LONGEST = 24;

    private GluedLabels() {}

    /** What follows the label that the word from {@code start} to {@code end} begins with; {@code null} where it has none, or another number. */
    static @Nullable Finding at(String text, int start, int end, DigitRun digits) {
        if (text.regionMatches(true, start, "iban", 0, 4) && end - start > 6) {
            int from = text.charAt(start + 4) == '_' ? start + 5 : start + 4;
            int iban = Ibans.endOf(text, from);
            return iban < 0 ? null : new Finding("IBAN", from, iban);
        }
        int number = start;
        while (number < end && number - start <= LONGEST && !Chars.isDigit(text.charAt(number))) {
            number++;
        }
        if (number - start < 2 || number == end || number - start > LONGEST) {
            return null;
        }
        int label = number;
        while (label > start && text.charAt(label - 1) == '_') {
            label--;
        }
        String word = text.substring(start, label).replace("_", "").toLowerCase(Locale.ROOT);
        Set<String> labelled = Cards.isLabel(word)
                ? Set.of("CREDIT_CARD")
                : UsTaxNumbers.isLabel(word)
                        ? Set.of("US_SSN", "US_ITIN")
                        : word.equals("ip") || word.equals("ipaddr") ? Set.of("IP") : Set.of();
        Finding found = labelled.isEmpty() ? null : digits.at(number);
        return found == null || !labelled.contains(found.entity()) ? null : found;
    }
}
