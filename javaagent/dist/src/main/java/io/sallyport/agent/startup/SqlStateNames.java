package io.sallyport.agent.startup;

import io.sallyport.core.record.FailureNames;
import java.sql.SQLException;

/** Names database failures by class and SQLState, which say what happened without quoting the statement. */
final class SqlStateNames implements FailureNames {

    @Override
    public String of(Throwable failure) {
        String name = BY_CLASS.of(failure);
        return failure instanceof SQLException sql && sql.getSQLState() != null ? name + " " + sql.getSQLState() : name;
    }
}
