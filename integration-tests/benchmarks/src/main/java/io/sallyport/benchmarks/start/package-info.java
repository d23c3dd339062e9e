/** How long a JVM takes until a small program has done its work, and how much memory it then has. */
package io.sallyport.benchmarks.start;
