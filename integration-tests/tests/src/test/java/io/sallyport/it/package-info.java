/**
 * The built jars from outside: real databases, a real control plane, workloads on JVMs of their own under the packaged agent.
 *
 * <p>They run once more on the newest JDK that CI finds, but for those with the tag {@code build-jdk}. A test has this tag when what it proves
 * lies where no JDK differs from another: what SQL means (lineage, writes), what the control plane does with policies and with what
 * it stored, tools of ours that start the same parts that other tests start. Everything about how the agent comes into a process, what it weaves
 * in the JDK itself (HTTP, sockets, TLS, threads), that each driver and client is governed under it, that it fails closed, and what of it survives a kill,
 * has not. In doubt: no tag.
 */
package io.sallyport.it;
