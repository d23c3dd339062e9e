package io.sallyport.jdbc.connect;

import io.sallyport.core.command.ConnectCommand;
import io.sallyport.core.hold.Waiter;
import io.sallyport.core.policy.TlsRequirement;
import io.sallyport.core.verdict.Passage;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.core.verdict.TlsFacts;
import io.sallyport.jdbc.Jdbc;
import io.sallyport.jdbc.Refused;
import io.sallyport.jdbc.catalogue.CatalogueAtConnect;
import io.sallyport.jdbc.state.Transparent;
import io.sallyport.jdbc.vendor.ConnectUrl;
import io.sallyport.jdbc.vendor.TlsSettings;
import io.sallyport.jdbc.vendor.Vendor;
import io.sallyport.weaving.CallSites;
import io.sallyport.weaving.StateField;
import java.io.IOException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Opening a connection: read URL and properties, refuse side doors, raise TLS settings, ask the gate, let the driver connect, and
 * give the connection its state before the application gets it.
 */
public final class ConnectFlow {

    private ConnectFlow() {}

    /** What can be done about the settings that the policy demands. */
    private enum Settings {
        /** They are put in place. */
        CHANGED,
        /** They must be there. */
        DEMANDED,
        /** What came of those that are there is seen on the socket, before credentials leave. */
        SEEN
    }

    /**
     * Before {@code Driver.connect}.
     *
     * @return token for {@link #exit}, URL and properties to use; {@code null} when the call is none of ours
     */
    public static @Nullable Object @Nullable [] enter(Object driver, @Nullable String url, @Nullable Properties info)
            throws SQLException {
        if (url == null || !(driver instanceof Driver jdbc) || !accepts(jdbc, url)) {
            return null;
        }
        return isOpening(url) ? null : open(jdbc, url, info, Settings.CHANGED);
    }

    /** Before a {@code DataSource} opens a connection without asking a {@code Driver}: its settings cannot be changed here. */
    public static @Nullable Object enterUrl(@Nullable String url, @Nullable Properties info) throws SQLException {
        Object[] opening = enterGiven(url, info);
        return opening == null ? null : opening[0];
    }

    /**
     * The same with properties that the driver is given: it gets those that were judged.
     *
     * @return token for {@link #exit}, URL and properties to use; {@code null} when the call is none of ours
     */
    public static @Nullable Object @Nullable [] enterGiven(@Nullable String url, @Nullable Properties info)
            throws SQLException {
        return url == null || isOpening(url) ? null : open(null, url, info, Settings.DEMANDED);
    }

    /** The same where the driver's socket is looked at; {@code null} inside a connect that was admitted. */
    public static @Nullable Object enterSeen(@Nullable String url, Properties info) throws SQLException {
        return url == null || Jdbc.current().attempts().current() != null
                ? null
                : open(null, url, info, Settings.SEEN)[0];
    }

    /** Whether one of the driver's methods calls the other. */
    private static boolean isOpening(String url) {
        Attempt surrounding = Jdbc.current().attempts().current();
        return surrounding != null && surrounding.url().equals(url);
    }

    private static @Nullable Object[] open(
            @Nullable Driver driver, String url, @Nullable Properties info, Settings settings) throws SQLException {
        String name = Vendor.nameIn(url);
        if (name.equals(Canary.VENDOR)) {
            throw new SQLException("Refused by Sallyport: the canary is never admitted", Refused.DENIED);
        }
        Vendor vendor = Vendor.of(name, driver);
        Properties given = vendor.settled(info == null ? new Properties() : info);
        Opening opening = open(driver, vendor, vendor.read(driver, url, given), url, settings);
        Vendor.Given toUse = vendor.rewrite(
                url, given, opening.changes(), opening.turn().attempt().id());
        return new Object[] {opening.turn(), toUse.url(), info == null && toUse.info() == given ? null : toUse.info()};
    }

    /**
     * A connection may be opened.
     *
     * @param changes settings to put in place before
     */
    record Opening(Turn turn, Map<String, String> changes) {}

    /** Judges what a URL says. */
    static Opening open(Vendor vendor, ConnectUrl read, String url) throws SQLException {
        return open(null, vendor, read, url, Settings.CHANGED);
    }

    private static Opening open(@Nullable Driver driver, Vendor vendor, ConnectUrl read, String url, Settings settings)
            throws SQLException {
        boolean changeable = settings == Settings.CHANGED;
        Jdbc jdbc = Jdbc.current();
        String id = jdbc.attempts().newId();
        ConnectCommand command = new ConnectCommand(
                jdbc.target(read.target()),
                "jdbc-" + id.substring(0, 12),
                CallSites.unwalked(),
                read.settings(),
                read.user());
        try {
            if (driver != null) {
                demandWhole(command, driver);
            }
            Admissions.check(vendor, read, command);
            // First, since it waits for the first policy, without which nobody knows of relays.
            TlsRequirement required = jdbc.gate().tls(command.target());
            boolean relayed = BehindRelay.is(read.target(), command);
            Map<String, String> changes =
                    relayed ? vendor.withoutOwnTls(read) : raise(vendor, read, command, required, changeable);
            if (settings == Settings.SEEN || (relayed && !changeable)) {
                // Behind a relay it may then ask the target for TLS of its own, inside that of the relay.
                changes = Map.of();
            }
            if (!changes.isEmpty() && !changeable) {
                jdbc.gate()
                        .refuse(
                                command,
                                "tls",
                                "the policy demands other settings of this data source: " + changes
                                        + ". Set them on the data source.");
                changes = Map.of();
            }
            Passage passage = jdbc.gate().admit(command, Waiter.unlimited());
            // The relay's TLS is what counts there, and is seen on the socket whatever the driver was told.
            TlsFacts facts = relayed ? null : vendor.factsBySettings(read.with(changes));
            if (facts != null) {
                judge(command, passage, facts);
            }
            Attempt.Sight sight = facts != null
                    ? Attempt.Sight.NONE
                    : vendor.isSeenByHandshake() && !relayed ? Attempt.Sight.HANDSHAKE : Attempt.Sight.SOCKET;
            jdbc.relayed().takeLatest();
            return new Opening(jdbc.attempts().begin(new Attempt(id, url, command, passage, sight, driver)), changes);
        } catch (RefusedException refused) {
            throw Refused.translate(refused);
        }
    }

    /** After the driver returned, or threw. */
    public static void exit(@Nullable Object token, @Nullable Object returned, @Nullable Throwable thrown)
            throws SQLException {
        if (!(token instanceof Turn turn)) {
            return;
        }
        Attempt attempt = turn.attempt();
        Jdbc.current().attempts().end(turn);
        if (thrown != null) {
            attempt.passage().failed(thrown);
            SQLException refusal = attempt.refusal();
            if (refusal != null) {
                // Drivers wrap what is thrown inside them; the caller gets the refusal itself.
                throw refusal;
            }
            return;
        }
        if (!(returned instanceof Connection connection)) {
            attempt.passage().completed(-1);
            return;
        }
        try {
            admitted(attempt, connection);
            attempt.passage().completed(-1);
        } catch (SQLException refused) {
            attempt.passage().failed(refused);
            connection.close();
            throw refused;
        }
    }

    private static void admitted(Attempt attempt, Connection connection) throws SQLException {
        Jdbc jdbc = Jdbc.current();
        if (StateField.get(connection) != null) {
            // A wrapping driver handed out the connection of the driver that it asked.
            return;
        }
        Attempt surrounding = jdbc.attempts().current();
        if (surrounding != null) {
            surrounding.contains();
        }
        if (attempt.contained() && !HostSwitch.is(connection) && Connections.isWrapper(connection)) {
            return;
        }
        ConnectCommand command = attempt.command();
        boolean switches = switches(connection, attempt);
        try {
            if (!switches && (HostSwitch.is(connection) || !jdbc.coverage().isWoven(connection.getClass()))) {
                jdbc.gate().refuse(command, "unwoven", Connections.unwoven("connection", connection.getClass()));
            }
            for (Connection whole : switches ? attempt.physical() : List.of(connection)) {
                demandWhole(command, whole);
            }
            if (!Vendor.of(command.target().vendor()).isKnown()) {
                Admissions.checkPhysical(command);
            }
            if (attempt.sight() != Attempt.Sight.NONE && !attempt.isVerified()) {
                // Never seen: a driver whose inside is not the one this agent knows, or that did not do what it was
                // told.
                TlsFacts relayed = jdbc.relayed().takeLatest();
                jdbc.gate().verifyTls(command, relayed == null ? TlsFacts.PLAINTEXT : relayed);
            }
        } catch (RefusedException refused) {
            throw Refused.translate(refused);
        }
        for (Connection physical : attempt.physical()) {
            StateField.set(physical, attempt.state());
        }
        if (switches) {
            StateField.set(connection, Transparent.WRAPPER);
        } else {
            Connections.attach(connection, attempt.state());
        }
        CatalogueAtConnect.prepare(connection, attempt.state());
    }

    /** A driver one of whose classes could not be woven: nobody knows what passes through it. */
    private static void demandWhole(ConnectCommand command, Object ofDriver) throws RefusedException {
        Jdbc jdbc = Jdbc.current();
        String flaw = jdbc.coverage().flaw(ofDriver.getClass());
        if (flaw != null) {
            jdbc.gate()
                    .refuse(
                            command,
                            "unwoven",
                            "a class of the driver is not woven, so that calls could pass it undecided (" + flaw
                                    + "). Use a version of the driver that Sallyport supports.");
        }
    }

    /** One of several connections is used at a time, all of them woven and each with the state of this connect. */
    private static boolean switches(Connection connection, Attempt attempt) {
        return HostSwitch.is(connection)
                && !attempt.physical().isEmpty()
                && attempt.physical().stream()
                        .allMatch(c -> Jdbc.current().coverage().isWoven(c.getClass()));
    }

    private static boolean accepts(Driver driver, String url) throws SQLException {
        return driver.acceptsURL(url);
    }

    private static Map<String, String> raise(
            Vendor vendor, ConnectUrl read, ConnectCommand command, TlsRequirement required, boolean changeable)
            throws RefusedException {
        Jdbc jdbc = Jdbc.current();
        TlsSettings raised;
        try {
            raised = vendor.raise(read, required, changeable ? rootsFor(vendor, required) : null);
        } catch (IOException unreadable) {
            raised = new TlsSettings(
                    Map.of(), "a file under tls.roots in the policy cannot be read on this machine. Put it there.");
        }
        if (raised.complaint() != null) {
            jdbc.gate().refuse(command, "tls", raised.complaint());
        }
        return raised.changes();
    }

    private static @Nullable String rootsFor(Vendor vendor, TlsRequirement required) throws IOException {
        Jdbc jdbc = Jdbc.current();
        return vendor.wantsKeyStore()
                ? jdbc.roots().oneKeyStore(required.roots(), Vendor.KEY_STORE_PASSWORD)
                : jdbc.roots().oneFile(required.roots());
    }

    /** Plain text is judged before it is spoken. */
    private static void judge(ConnectCommand command, Passage passage, TlsFacts facts) throws RefusedException {
        try {
            Jdbc.current().gate().verifyTls(command, facts);
        } catch (RefusedException refused) {
            passage.failed(refused);
            throw refused;
        }
    }
}
