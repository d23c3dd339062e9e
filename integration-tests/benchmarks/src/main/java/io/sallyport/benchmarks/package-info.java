/**
 * What Sallyport costs: the same program without and with the built agent, in one run, turn by turn.
 *
 * <p>{@link io.sallyport.benchmarks.Benchmarks} is the command. {@code core} measures parts of the core alone, {@code jdbc},
 * {@code http} and {@code start} measure programs; {@code run} forks the JVMs and makes the table.
 */
package io.sallyport.benchmarks;
