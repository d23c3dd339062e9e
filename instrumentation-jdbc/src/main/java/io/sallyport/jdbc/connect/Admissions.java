package io.sallyport.jdbc.connect;

import io.sallyport.core.command.ConnectCommand;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.jdbc.Jdbc;
import io.sallyport.jdbc.vendor.ConnectUrl;
import io.sallyport.jdbc.vendor.Vendor;

/** What is refused unless the policy names it: side doors, and drivers that were never proven against a live server. */
final class Admissions {

    private Admissions() {}

    /** Before the driver connects. */
    static void check(Vendor vendor, ConnectUrl url, ConnectCommand command) throws RefusedException {
        for (String door : vendor.sideDoors(url)) {
            checkDoor(command, door);
        }
        // A driver of an unknown vendor may wrap another one, whose connection is judged then.
        if (vendor.isKnown()) {
            checkProven(vendor, command);
        }
    }

    /** @param door name of the setting, or of the call, without the vendor */
    static void checkDoor(ConnectCommand command, String door) throws RefusedException {
        Jdbc jdbc = Jdbc.current();
        String name = command.target().vendor() + ":" + door;
        if (!jdbc.gate().allowedConnectSettings().contains(name)) {
            jdbc.gate()
                    .refuse(
                            command,
                            "side-door",
                            name + " opens a way around the policy. Remove it, or list it under connect.allow in the"
                                    + " policy.");
        }
    }

    /** Once it is known that a connection is the driver's own and no wrapper. */
    static void checkPhysical(ConnectCommand command) throws RefusedException {
        checkProven(Vendor.of(command.target().vendor()), command);
    }

    private static void checkProven(Vendor vendor, ConnectCommand command) throws RefusedException {
        String name = command.target().vendor();
        if (!vendor.proven() && !Jdbc.current().gate().allowedUnproven().contains(name)) {
            Jdbc.current()
                    .gate()
                    .refuse(
                            command,
                            "unproven",
                            "the driver of jdbc:" + name
                                    + " is woven by what it publishes and was never proven against a"
                                    + " live server. Test it, and list " + name
                                    + " under allowUnproven in the policy.");
        }
    }
}
