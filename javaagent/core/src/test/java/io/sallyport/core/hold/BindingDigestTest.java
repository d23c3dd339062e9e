package io.sallyport.core.hold;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.command.Command;
import io.sallyport.core.identity.Identity;
import io.sallyport.core.testing.Commands;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BindingDigestTest {

    private final BindingDigest digest = new BindingDigest();

    @Test
    void equalCallsHaveEqualBindings() {
        UUID id = UUID.randomUUID();
        Object[] values = {
            1,
            "x",
            null,
            new BigDecimal("1.50"),
            new byte[] {1, 2},
            id,
            LocalDate.EPOCH,
            Timestamp.valueOf("2026-01-01 00:00:00.000000001"),
            List.of(1, 2)
        };
        Object[] same = {
            1,
            "x",
            null,
            new BigDecimal("1.50"),
            new byte[] {1, 2},
            id,
            LocalDate.EPOCH,
            Timestamp.valueOf("2026-01-01 00:00:00.000000001"),
            Arrays.asList(1, 2)
        };
        assertThat(of(Commands.sql("DELETE FROM a", values))).isEqualTo(of(Commands.sql("DELETE FROM a", same)));
    }

    @Test
    void everyDifferenceInStatementOrParametersIsAnotherCall() {
        List<Command> different = List.of(
                Commands.sql("DELETE FROM a WHERE x = 1"),
                Commands.sql("DELETE FROM a WHERE x = 2"),
                Commands.sql("DELETE FROM a", 1),
                Commands.sql("DELETE FROM a", 1L),
                Commands.sql("DELETE FROM a", "1"),
                Commands.sql("DELETE FROM a", (Object) null),
                Commands.sql("DELETE FROM a", "null"),
                Commands.sql("DELETE FROM a", 1, 2),
                Commands.sql("DELETE FROM a", 12),
                Commands.sql("DELETE FROM a", "a", "bc"),
                Commands.sql("DELETE FROM a", "ab", "c"),
                Commands.sql("DELETE FROM a", List.of("a"), "bc"),
                Commands.sql("DELETE FROM a", List.of("a", "bc")),
                Commands.sql("DELETE FROM a", new byte[] {1}),
                Commands.sql("DELETE FROM a", new byte[] {2}),
                Commands.sql("DELETE FROM a", Timestamp.valueOf("2026-01-01 00:00:00.000000001")),
                Commands.sql("DELETE FROM a", Timestamp.valueOf("2026-01-01 00:00:00.000000002")));
        Set<String> bindings = new HashSet<>();
        different.forEach(command -> bindings.add(of(command)));
        assertThat(bindings).hasSize(different.size());
    }

    @Test
    void aParameterThatCannotBeReadMakesTheCallEqualToNoOther() {
        Command stream = Commands.sql("INSERT INTO a VALUES (?)", new ByteArrayInputStream(new byte[] {1}));
        Command own = Commands.sql("INSERT INTO a VALUES (?)", new Object() {
            @Override
            public String toString() {
                return "always the same";
            }
        });
        for (Command command : List.of(stream, own)) {
            assertThat(digest.of(command, SHOP, "call-1", "")).isNotEqualTo(digest.of(command, SHOP, "call-2", ""));
            assertThat(digest.of(command, SHOP, "call-1", "")).isEqualTo(digest.of(command, SHOP, "call-1", ""));
        }
    }

    @Test
    void headersThatEachAttemptMakesAnewDoNotCountAndCredentialsDo() {
        String plain = of(request(Map.of("accept", List.of("*/*"))));
        assertThat(of(request(
                        Map.of("accept", List.of("*/*"), "traceparent", List.of("00-1"), "x-b3-spanid", List.of("7")))))
                .isEqualTo(plain);
        assertThat(of(request(Map.of("accept", List.of("text/csv"))))).isNotEqualTo(plain);
        assertThat(of(request(Map.of("accept", List.of("*/*"), "authorization", List.of("Bearer a")))))
                .isNotEqualTo(of(request(Map.of("accept", List.of("*/*"), "authorization", List.of("Bearer b")))));
    }

    @Test
    void theIdentityIsPartOfTheBinding() {
        Command command = Commands.sql("DELETE FROM a");
        Set<String> bindings = new HashSet<>(List.of(
                digest.of(command, SHOP, "c", ""),
                digest.of(command, Identity.unverified("other"), "c", ""),
                digest.of(command, new Identity("shop", true, Set.of(), Map.of()), "c", ""),
                digest.of(command, new Identity("shop", true, Set.of("dba"), Map.of()), "c", ""),
                digest.of(command, new Identity("shop", true, Set.of(), Map.of("env", "prod")), "c", "")));
        assertThat(bindings).hasSize(5);
    }

    @Test
    void theContextIsPartOfTheBinding() {
        Command command = Commands.sql("DELETE FROM a");
        assertThat(digest.of(command, SHOP, "call", "setSchema b"))
                .isNotEqualTo(digest.of(command, SHOP, "call", ""))
                .isEqualTo(digest.of(command, SHOP, "call", "setSchema b"));
    }

    private static final Identity SHOP = Identity.unverified("shop");

    private String of(Command command) {
        return digest.of(command, SHOP, "call", "");
    }

    private static Command request(Map<String, List<String>> headers) {
        return Commands.http("DELETE", "/users/7", "", headers);
    }
}
