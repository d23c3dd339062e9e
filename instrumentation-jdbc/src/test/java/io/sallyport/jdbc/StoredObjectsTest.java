package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** H2's JAVA_OBJECT columns hold objects of any class as they were serialised. */
class StoredObjectsTest {

    private static final String CARD = "4111111111111111";
    private static final String BY_COLUMN = "version: 1\nmask:\n  - {name: cards, columns: [kept.thing]}\n";
    private static final String BY_CONTENT =
            "version: 1\nmask:\n  - {name: found, detect: [CREDIT_CARD], with: redact}\n";

    private UnderPolicy policy;
    private String card = CARD;

    @AfterEach
    void reset() {
        if (policy != null) {
            policy.close();
        }
    }

    private Map<String, Serializable> objects() {
        Map<String, Serializable> objects = new LinkedHashMap<>();
        objects.put("text", "card " + card);
        objects.put("list", new ArrayList<>(List.of("card " + card)));
        objects.put("arrays", new ArrayList<>(List.<Object>of(new String[] {"card " + card})));
        objects.put("map", new LinkedHashMap<>(Map.of("card", card)));
        objects.put("builder", new StringBuilder(card));
        objects.put("number", 4111111111111111L);
        objects.put("array", new String[] {card});
        return objects;
    }

    private List<String> read() throws SQLException {
        List<String> seen = new ArrayList<>();
        try (Connection c = WovenProcess.connect("jdbc:h2:mem:stored");
                Statement s = c.createStatement()) {
            s.execute("CREATE TABLE IF NOT EXISTS kept (id INT AUTO_INCREMENT, name VARCHAR, thing JAVA_OBJECT)");
            s.execute("DELETE FROM kept");
            for (Map.Entry<String, Serializable> each : objects().entrySet()) {
                try (PreparedStatement p = c.prepareStatement("INSERT INTO kept (name, thing) VALUES (?, ?)")) {
                    p.setString(1, each.getKey());
                    p.setObject(2, each.getValue(), Types.JAVA_OBJECT);
                    p.executeUpdate();
                }
            }
            try (ResultSet rows = s.executeQuery("SELECT thing, name FROM kept ORDER BY id")) {
                while (rows.next()) {
                    seen.add(rows.getString(2) + " object " + tell(() -> rows.getObject(1)));
                    seen.add(rows.getString(2) + " as object " + tell(() -> rows.getObject(1, Object.class)));
                    seen.add(rows.getString(2) + " as list " + tell(() -> rows.getObject(1, ArrayList.class)));
                    seen.add(rows.getString(2) + " text " + tell(() -> rows.getString(1)));
                    seen.add(rows.getString(2) + " bytes " + tell(() -> rows.getBytes(1)));
                    seen.add(rows.getString(2) + " stream " + tell(() -> rows.getBinaryStream(1)));
                    seen.add(rows.getString(2) + " blob " + tell(() -> rows.getBlob(1)));
                }
            }
        }
        return seen;
    }

    private interface Read {
        Object run() throws Exception;
    }

    private static String tell(Read read) {
        try {
            Object value = read.run();
            if (value instanceof InputStream in) {
                value = in.readAllBytes();
            } else if (value instanceof java.sql.Blob blob) {
                value = blob.getBytes(1, (int) blob.length());
            }
            if (value instanceof byte[] bytes) {
                return new String(bytes, StandardCharsets.ISO_8859_1);
            }
            return deep(value);
        } catch (Exception e) {
            return e.toString();
        }
    }

    private static String deep(Object value) {
        if (value instanceof Object[] array) {
            return deep(Arrays.asList(array));
        }
        return value instanceof List<?> list
                ? list.stream().map(StoredObjectsTest::deep).toList().toString()
                : String.valueOf(value);
    }

    @Test
    void underAColumnsMaskNothingOfThemIsShown() throws Exception {
        policy = new UnderPolicy(BY_COLUMN);
        assertThat(read()).hasSize(objects().size() * 7).noneMatch(StoredObjectsTest::isTold);
    }

    @Test
    void underADetectorTextInThemIsNotShownInAnyForm() throws Exception {
        policy = new UnderPolicy(BY_CONTENT);
        assertThat(read()).noneMatch(StoredObjectsTest::isTold);
    }

    @Test
    void underADetectorOthersAreTheDatabases() throws Exception {
        card = "order 7";
        WovenProcess.GATE.reset();
        List<String> plain = told(read());
        policy = new UnderPolicy(BY_CONTENT);
        assertThat(told(read())).isEqualTo(plain);
    }

    /** What is no error: one says that it is withheld. The number is a card's in any case. */
    private static List<String> told(List<String> seen) {
        return seen.stream()
                .filter(s -> !s.contains("Exception") && !s.startsWith("number"))
                .toList();
    }

    /** Also in characters of two bytes. */
    private static boolean isTold(String seen) {
        return seen.replace("\0", "").contains(CARD);
    }
}
