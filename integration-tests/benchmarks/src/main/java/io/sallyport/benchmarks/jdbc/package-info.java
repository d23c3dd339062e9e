/** Programs that use JDBC as applications do. They know nothing of the agent; the forked JVM decides whether there is one. */
package io.sallyport.benchmarks.jdbc;
