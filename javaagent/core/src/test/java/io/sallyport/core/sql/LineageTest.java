package io.sallyport.core.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Output positions that carry sensitive values: {@code dialect | schema known (s, t for the second one, c for the clinic's) or not (n) |
 * positions | sql}.
 *
 * <p>Expected positions: {@code 0,2} of how many {@code /3}; {@code *} stands for a star over a table whose columns aren't known
 * and that has sensitive columns, or sensitive values just written, {@code +} for any number of columns that may hold sensitive values;
 * {@code ~} in front: the reader says that it had to guess. Sensitive are customers.email, customers.phone, customers.ssn,
 * employees.salary, payments.card_number and docs.body; of the clinic patients.ssn, invoices.iban, staff.email, staff.pwd_hash and
 * acct.2fa_secret.
 */
class LineageTest {

    private static final Set<String> SENSITIVE = Set.of(
            "customers.email",
            "customers.phone",
            "customers.ssn",
            "employees.salary",
            "v_contacts.mail",
            "payments.card_number",
            "docs.body",
            "patients.ssn",
            "invoices.iban",
            "staff.email",
            "staff.pwd_hash",
            "acct.2fa_secret");
    private static final Set<String> SENSITIVE_TABLES =
            Set.of("customers", "employees", "payments", "docs", "patients", "invoices", "staff", "acct");
    private static final Catalogue SCHEMA = new Catalogue(
            Map.of(
                    "customers", List.of("id", "name", "email", "phone", "ssn"),
                    "orders", List.of("id", "customer_id", "total", "note"),
                    "employees", List.of("id", "manager_id", "name", "salary"),
                    "logs", List.of("id", "message")),
            List.of(
                    "CREATE VIEW v_contacts AS SELECT id, name, email AS mail FROM customers",
                    "CREATE OR REPLACE VIEW v_names (key, full_name) AS SELECT id, upper(name) FROM customers",
                    "CREATE VIEW v_nested AS SELECT c.*, o.total FROM v_contacts c JOIN orders o ON o.customer_id = c.id",
                    "CREATE VIEW v_all AS SELECT * FROM customers"));

    /** Wider tables, a document, and a table that values can be copied into. */
    private static final Catalogue SECOND = new Catalogue(
            Map.of(
                    "customers", List.of("id", "name", "email", "ssn", "city", "created_at", "tags"),
                    "orders", List.of("id", "customer_id", "total", "status", "placed_at", "note"),
                    "payments", List.of("id", "order_id", "card_number", "amount", "method"),
                    "employees", List.of("id", "name", "manager_id", "salary", "dept"),
                    "docs", List.of("id", "body", "owner"),
                    "events", List.of("id", "customer_id", "kind", "at", "payload"),
                    "archive", List.of("id", "contact", "code")),
            List.of(
                    "CREATE VIEW v_contact AS SELECT id, name, email AS mail FROM customers",
                    "CREATE VIEW v_city AS SELECT city, count(*) AS n, max(mail) AS m FROM v_contact JOIN customers USING (id) GROUP BY city",
                    "CREATE VIEW v_pub AS SELECT id, name, city FROM customers",
                    "CREATE VIEW v_emp (who, pay) AS SELECT name, salary FROM employees"));

    /** Tables and views of a collection whose writer did not know the other two. */
    private static final Catalogue CLINIC = new Catalogue(
            Map.of(
                    "patients", List.of("id", "name", "ssn", "clinic_id", "born"),
                    "clinics", List.of("id", "title", "city"),
                    "invoices", List.of("id", "patient_id", "amount", "status", "iban"),
                    "staff", List.of("id", "login", "email", "pwd_hash", "boss_id"),
                    "acct", List.of("id", "2fa_secret")),
            List.of(
                    "CREATE VIEW v_staff AS SELECT id, email AS contact FROM staff",
                    "CREATE VIEW v_staff2 AS SELECT id, login, email FROM staff",
                    "CREATE VIEW v_a (a, b) AS SELECT id, ssn FROM patients",
                    "CREATE VIEW v_b (c) AS SELECT b FROM v_a",
                    "CREATE VIEW v_u AS SELECT id, title AS t FROM clinics UNION ALL SELECT id, iban FROM invoices",
                    "CREATE VIEW v_cnt AS SELECT clinic_id, count(*) AS n FROM patients WHERE ssn LIKE '1%' GROUP BY clinic_id",
                    "CREATE VIEW v_m AS SELECT s.id, LOWER(s.email) AS contact FROM staff s",
                    "CREATE VIEW v_m2 AS SELECT s.id, s.email AS contact FROM staff s"));

    private final SqlReader reader = new StandardSqlReader();

    static List<Corpus.Case> cases() {
        return Corpus.read("lineage", 4);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void sensitivePositionsAreFoundAndNoOthers(Corpus.Case c) {
        Catalogue catalogue = switch (c.fields().get(1)) {
            case "s" -> SCHEMA;
            case "t" -> SECOND;
            case "c" -> CLINIC;
            default -> Catalogue.EMPTY;
        };

        Lineage lineage = reader.read(c.dialect(), c.sql(), catalogue).lineage();

        assertThat(describe(lineage)).as("%s", lineage).isEqualTo(c.fields().get(2));
    }

    @Test
    void corpusIsNotShrunkUnnoticed() {
        assertThat(cases()).hasSizeGreaterThan(400);
    }

    private static String describe(Lineage lineage) {
        List<String> masked = new ArrayList<>();
        int position = 0;
        for (OutputItem item : lineage.items()) {
            if (item instanceof OutputItem.Star star) {
                boolean written = star.written().stream()
                        .anyMatch(column -> column.origins().stream().anyMatch(LineageTest::isSensitive));
                if (written || SENSITIVE_TABLES.contains(star.table())) {
                    masked.add("*");
                }
            } else if (item instanceof OutputItem.Rest rest) {
                if (rest.origins().stream().anyMatch(LineageTest::isSensitive)) {
                    masked.add("+");
                }
            } else if (item instanceof OutputItem.Column column) {
                if (!column.complete() || column.origins().stream().anyMatch(LineageTest::isSensitive)) {
                    masked.add(String.valueOf(position));
                }
            }
            position++;
        }
        return (lineage.exact() ? "" : "~") + (masked.isEmpty() ? "-" : String.join(",", masked)) + "/" + position;
    }

    private static boolean isSensitive(ColumnOrigin origin) {
        return origin.column().equals(ColumnOrigin.WHOLE_ROW)
                ? SENSITIVE_TABLES.contains(origin.table())
                : SENSITIVE.contains(origin.table() + "." + origin.column());
    }
}
