/** People and the programs that act for them: users, passwords, sessions, API tokens, roles. */
@org.jspecify.annotations.NullMarked
package io.sallyport.controlplane.people;
