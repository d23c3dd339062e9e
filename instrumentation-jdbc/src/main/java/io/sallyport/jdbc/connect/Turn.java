package io.sallyport.jdbc.connect;

import io.sallyport.jdbc.execute.DriverScope;
import org.jspecify.annotations.Nullable;

/**
 * A thread works for an attempt: until it ends, statements on connections without a state count as the driver's own while it
 * connects.
 *
 * @param before what the thread worked for until now
 */
record Turn(Attempt attempt, @Nullable Attempt before, DriverScope scope) {}
