/**
 * Events on disk: written before a call is sent, chained by hash, uploaded in order, deleted once the control plane has them.
 *
 * <p>This exists because the record must survive what the process does not: a {@code kill -9}, a control plane that is away, a
 * restart. {@link io.sallyport.link.spool.SpoolRecord} documents the format of a line, so that others can write a verifier;
 * {@link io.sallyport.link.spool.SpoolVerifier} is ours.
 */
package io.sallyport.link.spool;
