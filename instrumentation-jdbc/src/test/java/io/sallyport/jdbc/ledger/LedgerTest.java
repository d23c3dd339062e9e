package io.sallyport.jdbc.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.jar.asm.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every public vendor method of every driver version is listed, and is woven where the ledger says so. */
class LedgerTest {

    private static final Map<String, String> LEDGERS = Map.of(
            "postgresql", "postgresql",
            "h2", "h2",
            "mysql-connector", "mysql",
            "mariadb", "mariadb",
            "sqlite", "sqlite",
            "mssql", "sqlserver",
            "ojdbc", "oracle");

    private Doors doors;
    private WovenMethods woven;

    static Stream<Path> jars() {
        return DriverJar.all().stream();
    }

    @Test
    void eachDriverIsThereInThreeVersionsAtLeast() {
        assertThat(LEDGERS.keySet())
                .allSatisfy(prefix -> assertThat(jars())
                        .filteredOn(j -> j.getFileName().toString().startsWith(prefix))
                        .hasSizeGreaterThanOrEqualTo(3));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jars")
    void everyVendorMethodIsListedAndWovenAsTheLedgerSays(Path jar) {
        String ledgerName = ledgerOf(jar);
        Ledger ledger = Ledger.of(ledgerName);
        DriverJar driver = DriverJar.of(jar);
        doors = new Doors(driver);
        woven = doors.woven();
        Collection<VendorMethod> surface = Surface.of(driver);
        List<String> complaints = new ArrayList<>();
        for (VendorMethod method : surface) {
            Ledger.Line line = ledger.lineFor(method);
            if (line == null) {
                complaints.add("not listed; add to ledger/" + ledgerName + ".ledger: " + proposal(method));
            } else if (line.state() == Ledger.State.OPEN && isWovenEverywhere(method)) {
                complaints.add("listed as open and woven by now; say so: " + method.type() + " " + method.name());
            } else if (!line.via().isEmpty()) {
                complaints.addAll(past(line.via(), method));
            } else if (isChecked(line) && line.behind().isEmpty()) {
                complaints.addAll(unwoven(method, line));
            }
            complaints.addAll(handedOut(method, ledger));
        }
        ledger.doors().stream()
                .filter(door -> has(driver, door) && !doors.isWoven(door))
                .forEach(door -> complaints.add(door + " is not woven"));
        assertThat(String.join("\n", complaints)).isEmpty();
        assertThat(surface).hasSizeGreaterThan(50);
    }

    /** Another version's door may be missing with all that is behind it. */
    private static boolean has(DriverJar driver, String door) {
        int dot = door.lastIndexOf('.');
        return driver.types().stream()
                .filter(t -> t.getName().equals(door.substring(0, dot)))
                .flatMap(t -> t.getDeclaredMethods().stream())
                .anyMatch(m -> m.getName().equals(door.substring(dot + 1)));
    }

    private List<String> past(String door, VendorMethod method) {
        return method.bodies().stream()
                .filter(b -> !doors.passes(b, door))
                .map(b -> "listed as via " + door + ", and may send past it: " + b)
                .toList();
    }

    /** Who hands out what is said to be behind a door passes it, or is behind one. */
    private List<String> handedOut(VendorMethod method, Ledger ledger) {
        List<String> complaints = new ArrayList<>();
        Ledger.Line line = ledger.lineFor(method);
        if (line != null && !line.behind().isEmpty()) {
            return complaints;
        }
        for (String door : ledger.doors()) {
            for (MethodDescription.InDefinedShape body : method.bodies()) {
                Type returned = Type.getReturnType(body.getDescriptor());
                String type = (returned.getSort() == Type.ARRAY ? returned.getElementType() : returned).getClassName();
                if (ledger.keepsBehind(type, door) && !doors.leads(body, door)) {
                    complaints.add("hands out a " + type + ", which is listed as behind " + door + ": " + body);
                }
            }
        }
        return complaints;
    }

    private static boolean isChecked(Ledger.Line line) {
        return line.state() == Ledger.State.GATED || line.state() == Ledger.State.MASKED;
    }

    /** What a whole package behind one door does is not told method by method. */
    private boolean isWovenEverywhere(VendorMethod method) {
        return !method.bodies().isEmpty()
                && method.bodies().stream().noneMatch(b -> woven.around(b).isEmpty());
    }

    private List<String> unwoven(VendorMethod method, Ledger.Line line) {
        List<String> complaints = new ArrayList<>();
        if (method.bodies().isEmpty()) {
            complaints.add("a field cannot be woven, so say via or behind what it is kept: " + method.type() + " "
                    + method.name());
        }
        for (MethodDescription.InDefinedShape body : method.bodies()) {
            List<String> around = woven.around(body);
            boolean fits = line.state() == Ledger.State.MASKED
                    ? around.contains(WovenMethods.READ)
                    : around.stream().anyMatch(a -> !a.equals(WovenMethods.READ));
            if (!fits) {
                complaints.add(
                        "listed as " + line.state().name().toLowerCase(Locale.ROOT) + " and not woven so: " + body);
            }
        }
        return complaints;
    }

    private String proposal(VendorMethod method) {
        Set<String> around = new TreeSet<>();
        method.bodies().forEach(b -> around.addAll(woven.around(b)));
        String state = around.contains(WovenMethods.READ) ? "masked" : around.isEmpty() ? "harmless?" : "gated";
        return state + " " + method.type() + " " + method.name() + " " + (around.isEmpty() ? "why" : around);
    }

    private static String ledgerOf(Path jar) {
        String file = jar.getFileName().toString();
        return LEDGERS.entrySet().stream()
                .filter(e -> file.startsWith(e.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no ledger is named for " + file));
    }
}
