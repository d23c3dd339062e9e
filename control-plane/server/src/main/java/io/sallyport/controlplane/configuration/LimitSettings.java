package io.sallyport.controlplane.configuration;

import io.sallyport.controlplane.StartFailure;
import org.jspecify.annotations.Nullable;

/**
 * How much one party may ask of one replica. What is absent has a value that an ordinary fleet never meets.
 *
 * @param person requests a second of one person, all sessions and tokens together
 * @param address requests a second of one address that nobody has signed in for: logins, sign-ins, wrong tokens
 * @param workloads enrolments, renewals and new channels a second from one address; a cluster behind one address starts at once
 * @param connections open connections
 * @param connectionsPerAddress of those, from one address
 */
public record LimitSettings(
        @Nullable Integer person,
        @Nullable Integer address,
        @Nullable Integer workloads,
        @Nullable Integer connections,
        @Nullable Integer connectionsPerAddress) {

    public static final LimitSettings STANDARD = new LimitSettings(null, null, null, null, null);

    public LimitSettings {
        for (Integer each : new Integer[] {person, address, workloads, connections, connectionsPerAddress}) {
            if (each != null && each < 1) {
                throw new StartFailure("settings: limits are whole numbers from 1");
            }
        }
    }

    public int personRate() {
        return person == null ? 100 : person;
    }

    public int addressRate() {
        return address == null ? 50 : address;
    }

    public int workloadRate() {
        return workloads == null ? 500 : workloads;
    }

    public int mostConnections() {
        return connections == null ? 20_000 : connections;
    }

    public int mostConnectionsPerAddress() {
        return connectionsPerAddress == null ? 10_000 : connectionsPerAddress;
    }
}
