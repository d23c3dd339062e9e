package io.sallyport.jdbc.execute;

import io.sallyport.core.command.ConnectCommand;
import io.sallyport.core.command.Target;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.jdbc.Jdbc;
import io.sallyport.jdbc.Refused;
import io.sallyport.jdbc.connect.Connections;
import io.sallyport.jdbc.connect.DriverCode;
import io.sallyport.jdbc.state.ConnectionState;
import io.sallyport.jdbc.state.StatementState;
import io.sallyport.weaving.CallSites;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/**
 * What is public in a driver for its own classes' sake: engines, pointers to statements. Code that is not the driver's is refused,
 * since what it does with them passes no statement and no getter.
 */
public final class DriverOnly {

    private DriverOnly() {}

    /** The woven method that asks was called by a class of the driver; {@code carrier} is the object that it was called on. */
    public static void demandCaller(Object carrier) throws SQLException {
        if (!DriverCode.calls(carrier)) {
            refuse(carrier, " hands out what it works with to the driver's own classes only");
        }
    }

    /** The same, asked only between the calls of the statement: while it is prepared or runs, it is the driver who asks. */
    public static void demandCallerBetweenCalls(Object statement) throws SQLException {
        if (!isInsideCall(statement)) {
            demandCaller(statement);
        }
    }

    private static boolean isInsideCall(Object statement) throws SQLException {
        StatementState known = Statements.known(statement);
        ConnectionState connection = known != null
                ? known.connection()
                : statement instanceof Statement made && made.getConnection() != null
                        ? Connections.known(made.getConnection())
                        : null;
        return connection != null && (connection.inside() != null || connection.isCreating());
    }

    /** {@code code}, which is about to run with what {@code carrier} guards, is written in the driver. */
    public static void demandCode(Object carrier, Object code) throws SQLException {
        if (!DriverCode.isOf(carrier, code.getClass())) {
            refuse(carrier, " runs the driver's own code only");
        }
    }

    /** A connection is being opened by the driver. */
    public static void demandOpening(Object carrier) throws SQLException {
        if (!Connections.isOpening(carrier)) {
            refuse(carrier, " opens a database without the driver");
        }
    }

    /** A method that cannot be mediated is called; the policy may list it like a connection setting. */
    public static void demandAllowed(Object carrier, String method) throws SQLException {
        String setting = DriverCode.vendorOf(carrier) + ":" + method;
        if (!Jdbc.current().gate().allowedConnectSettings().contains(setting)) {
            refuse(
                    carrier,
                    "." + method + " passes no statement, and is refused unless the policy lists " + setting
                            + " under connect.allow");
        }
    }

    private static void refuse(Object carrier, String why) throws SQLException {
        String vendor = DriverCode.vendorOf(carrier);
        Target target = new Target(Target.Protocol.JDBC, vendor, List.of(), "", "jdbc:" + vendor + ":");
        ConnectCommand command = new ConnectCommand(target, "none", CallSites.unwalked(), Map.of(), "");
        try {
            Jdbc.current()
                    .gate()
                    .refuse(command, "driver-internals", carrier.getClass().getName() + why + ".");
        } catch (RefusedException refused) {
            throw Refused.translate(refused);
        }
    }
}
