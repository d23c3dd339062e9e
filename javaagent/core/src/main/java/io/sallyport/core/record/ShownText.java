package io.sallyport.core.record;

import io.sallyport.core.mask.detect.Detection;
import io.sallyport.core.mask.detect.Detectors;
import io.sallyport.core.mask.detect.Finding;
import io.sallyport.core.record.credential.CredentialText;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A text of the application that goes into records beside values, as the name of a thread does: {@code …} stands where it held a credential, a
 * card or an address. Of nearly all texts allocates nothing.
 */
public final class ShownText {

    private static final String LEFT_OUT = "…";

    /** Secrets, and what names a person and is no plain number. */
    static final Detection SENSITIVE = detection("CREDIT_CARD", "EMAIL", "IBAN");

    /** A person may be called by an address. */
    private static final Detection SENSITIVE_IN_USERS = detection("CREDIT_CARD", "IBAN");

    private ShownText() {}

    private static Detection detection(String... entities) {
        Set<String> all = new HashSet<>(Detectors.SECRETS);
        all.addAll(Set.of(entities));
        return new Detection(Detectors.standard(), all);
    }

    public static String of(String text) {
        return without(SENSITIVE, CredentialText.without(text), null);
    }

    /** The name of a person, which is what it is there for. */
    static String ofUser(String name) {
        return without(SENSITIVE_IN_USERS, CredentialText.without(name), null);
    }

    /** @param context see {@link Detection#find} */
    static String without(Detection detection, String text, @Nullable String context) {
        if (!detection.isIn(text, context)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        int shown = 0;
        for (Finding finding : detection.find(text, context)) {
            out.append(text, shown, finding.start()).append(LEFT_OUT);
            shown = finding.end();
        }
        return out.append(text, shown, text.length()).toString();
    }
}
