package io.sallyport.benchmarks.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Policies of fifty rules, as a team of some size has them. */
final class BenchmarkPolicy {

    private BenchmarkPolicy() {}

    /** @param roots PEM file of the database's CA */
    static Path write(Path directory, Governed governed, Path roots) throws IOException {
        return Files.writeString(directory.resolve("policy-" + governed + ".yaml"), text(governed, roots));
    }

    private static String text(Governed governed, Path roots) {
        StringBuilder yaml = new StringBuilder("version: 1\nmode: enforce\ntargets:\n");
        yaml.append("  - {name: postgres, jdbc: \"jdbc:postgresql://localhost:*/postgres\"}\n");
        yaml.append("  - {name: billing, jdbc: \"jdbc:postgresql://*.billing.internal/*\"}\n");
        yaml.append("  - {name: users-api, http: \"http://127.0.0.1:*/**\"}\n");
        yaml.append("  - {name: other-api, http: \"https://*.internal/**\"}\n");
        yaml.append("tls:\n  - {target: postgres, level: verify-full, minVersion: TLSv1.2, roots: [\"")
                .append(roots)
                .append("\"]}\n");
        yaml.append("mask:\n");
        for (int i = 0; i < 12; i++) {
            mask(yaml, i);
        }
        if (governed == Governed.MASKED) {
            yaml.append("  - name: contact\n    columns: [people.email]\n"
                    + "    body: [{target: users-api, key: email}]\n    with: {keepLast: 4}\n");
        } else if (governed == Governed.ONE_DETECTOR) {
            yaml.append("  - {name: by-content, detect: [CREDIT_CARD], with: redact}\n");
        } else if (governed == Governed.SIX_DETECTORS) {
            yaml.append("  - name: by-content\n    detect: [CREDIT_CARD, US_SSN, IBAN, AWS_KEY, JWT, PRIVATE_KEY]\n"
                    + "    with: redact\n");
        }
        yaml.append("guard:\n");
        for (int i = 0; i < 38; i++) {
            guard(yaml, i);
        }
        return yaml.append("record:\n  level: ")
                .append(governed == Governed.STATEMENTS ? "statements" : "decisions")
                .append('\n')
                .toString();
    }

    private static void mask(StringBuilder yaml, int i) {
        yaml.append("  - {name: m")
                .append(i)
                .append(", columns: [\"payments")
                .append(i)
                .append(".card_number\"], with: {keepLast: 4}}\n");
    }

    private static void guard(StringBuilder yaml, int i) {
        yaml.append("  - {name: g").append(i).append(", ");
        switch (i % 5) {
            case 0 ->
                yaml.append("when: {kind: [drop, truncate], tables: {write: [\"ledger")
                        .append(i)
                        .append("*\"]}}");
            case 1 -> yaml.append("target: billing, when: {unboundedWrite: true}");
            case 2 ->
                yaml.append("when: {kind: [alter], callSite: [\"com.acme.job")
                        .append(i)
                        .append(".**\"]}");
            case 3 -> yaml.append("when: {privilege: true}");
            default ->
                yaml.append("target: other-api, when: {method: DELETE, path: \"/v")
                        .append(i)
                        .append("/*\"}");
        }
        yaml.append(", then: deny}\n");
    }
}
