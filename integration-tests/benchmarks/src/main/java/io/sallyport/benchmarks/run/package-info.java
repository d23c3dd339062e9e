/** Forks the JVMs turn by turn, takes the least noisy figures and makes the table. */
package io.sallyport.benchmarks.run;
