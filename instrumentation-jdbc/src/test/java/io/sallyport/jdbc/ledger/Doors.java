package io.sallyport.jdbc.ledger;

import io.sallyport.jdbc.JdbcModule;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;

/** Whether methods go by the woven ones that a ledger names, as the driver's bytecode says. */
final class Doors {

    private final WovenMethods woven;
    private final Calls calls;
    private final Set<Calls.Ref> decided = new HashSet<>();
    private final Set<Calls.Ref> writing;
    private final Map<String, Set<Calls.Ref>> leading = new HashMap<>();

    Doors(DriverJar driver) {
        woven = new WovenMethods(new JdbcModule().points(), driver);
        calls = new Calls(driver);
        for (TypeDescription type : driver.types()) {
            for (MethodDescription.InDefinedShape method : type.getDeclaredMethods()) {
                if (!type.isInterface() && isDecided(method)) {
                    decided.add(Calls.Ref.of(method));
                }
            }
        }
        writing = calls.writing(decided::contains);
    }

    WovenMethods woven() {
        return woven;
    }

    /** Advice, and no guarded read only. A class whose supertypes are missing cannot be loaded either. */
    private boolean isDecided(MethodDescription.InDefinedShape method) {
        try {
            return woven.around(method).stream().anyMatch(a -> !a.equals(WovenMethods.READ));
        } catch (IllegalStateException optionalDependency) {
            return false;
        }
    }

    /** @param door {@code type.method} */
    boolean isWoven(String door) {
        return decided.stream().anyMatch(d -> (d.owner() + "." + d.name()).equals(door));
    }

    /** Whether that body is woven, calls the door, or writes nothing that did not pass a woven method. */
    boolean passes(MethodDescription.InDefinedShape body, String door) {
        Calls.Ref ref = Calls.Ref.of(body);
        return decided.contains(ref) || leads(ref, door) || !writing.contains(ref);
    }

    /** Whether that body is woven or calls the door. */
    boolean leads(MethodDescription.InDefinedShape body, String door) {
        Calls.Ref ref = Calls.Ref.of(body);
        return decided.contains(ref) || leads(ref, door);
    }

    private boolean leads(Calls.Ref ref, String door) {
        int dot = door.lastIndexOf('.');
        return leading.computeIfAbsent(door, d -> calls.leadingTo(d.substring(0, dot), d.substring(dot + 1)))
                .contains(ref);
    }
}
