/** Parts of the enforcement core alone, without agent. */
package io.sallyport.benchmarks.core;
