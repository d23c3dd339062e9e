package io.sallyport.core.policy.load;

import java.util.List;

/** The detectors that a policy can name. */
final class DetectorNames {

    static final List<String> ALL = List.of(
            "CREDIT_CARD",
            "EMAIL",
            "US_SSN",
            "US_ITIN",
            "IBAN",
            "PHONE",
            "IP",
            "MAC_ADDRESS",
            "JWT",
            "AWS_KEY",
            "GITHUB_TOKEN",
            "SLACK_TOKEN",
            "STRIPE_KEY",
            "GOOGLE_API_KEY",
            "PRIVATE_KEY",
            "CREDENTIAL_URL");

    private DetectorNames() {}

    static String known(String name) {
        if (!ALL.contains(name)) {
            throw new IllegalArgumentException(
                    "no detector is named '" + Problem.shown(name) + "'" + Problem.suggestion(name, ALL));
        }
        return name;
    }
}
