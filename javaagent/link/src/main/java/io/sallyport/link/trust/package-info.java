/**
 * Which control plane an agent believes. Never "the first one it met": the CA comes from a file, or the join token carries the hash of
 * its key. Everything else is the JDK's own validation of chain, dates, algorithms and host name.
 */
package io.sallyport.link.trust;
