package io.sallyport.jdbc.connect;

import io.sallyport.core.command.ConnectCommand;
import io.sallyport.core.command.Endpoint;
import io.sallyport.core.command.Target;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.jdbc.Jdbc;

/** Targets that are reached through a relay; the sockets themselves are led there below the driver. */
final class BehindRelay {

    private BehindRelay() {}

    /** @throws RefusedException where only some of the hosts are: a driver has one TLS setting for all of them */
    static boolean is(Target target, ConnectCommand command) throws RefusedException {
        Jdbc jdbc = Jdbc.current();
        int relayed = 0;
        for (Endpoint host : target.endpoints()) {
            relayed += jdbc.relayPlaces().before(host) == null ? 0 : 1;
        }
        if (relayed > 0 && relayed < target.endpoints().size()) {
            jdbc.gate()
                    .refuse(
                            command,
                            "tls",
                            "some of the hosts of this URL are behind a relay and others are not. Put those that are not behind a relay,"
                                    + " or into a URL of their own.");
            return false;
        }
        return relayed > 0;
    }
}
