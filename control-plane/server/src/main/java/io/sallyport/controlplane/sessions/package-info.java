/**
 * Sessions of calls: one connection's life of one workload on one target, as its events tell it. Listed, searched, replayed, stopped. (Logins of
 * people are {@link io.sallyport.controlplane.people.Sessions}.)
 */
@org.jspecify.annotations.NullMarked
package io.sallyport.controlplane.sessions;
