package io.sallyport.core.mask.body;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.mask.BodyMasker;
import io.sallyport.core.mask.function.MaskingFunctions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A member's name is what stands there, whatever came behind the member before it at other times. */
class JsonMemberOrderTest {

    /** Beginnings of one another, equal in eight bytes, escaped, of no length, too long to be remembered. */
    private static final String[] NAMES = {
        "e",
        "email",
        "emai\\u006c",
        "emails",
        "",
        "ema",
        "12345678",
        "123456789",
        "12345678a",
        "é",
        "a\\\"b",
        "longer than is remembered, so long that none would want to type it".repeat(2),
    };

    @Test
    void membersInChangingOrderAreMaskedByTheirOwnNames() throws IOException {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            StringBuilder clear = new StringBuilder("[");
            StringBuilder masked = new StringBuilder("[");
            for (int object = 0; object < 6; object++) {
                clear.append(object == 0 ? "{" : ",{");
                masked.append(object == 0 ? "{" : ",{");
                for (int member = 0; member < 5; member++) {
                    // Often the same order, so that it is what is expected.
                    int which = random.nextInt(4) == 0 ? random.nextInt(NAMES.length) : member;
                    String space = random.nextInt(8) == 0 ? " " : "";
                    String before = (member == 0 ? "" : "," + space) + '"' + NAMES[which] + '"' + space + ":" + space;
                    String value = random.nextBoolean() ? "\"v" + member + "x\"" : "17";
                    boolean hidden = which == 1 || which == 2;
                    clear.append(before).append(value);
                    masked.append(before).append(!hidden ? value : value.equals("17") ? "0" : "\"***\"");
                }
                clear.append('}');
                masked.append('}');
            }
            byte[] body = clear.append(']').toString().getBytes(StandardCharsets.UTF_8);
            String expected = masked.append(']').toString();
            for (int chunk : new int[] {body.length, 1 + random.nextInt(30), 1}) {
                assertThat(masked(body, chunk)).isEqualTo(expected);
            }
        }
    }

    private static String masked(byte[] body, int chunk) throws IOException {
        BodyMasker masker = BodyMaskers.plan(List.of(new BodyRule.Key("r", "email", MaskingFunctions.redact())))
                .masker("application/json");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int at = 0; at < body.length; at += chunk) {
            masker.update(body, at, Math.min(chunk, body.length - at), out);
        }
        masker.finish(out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
