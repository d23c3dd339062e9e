/**
 * How a policy comes into force: signed by the key that was pinned at enrolment, never older than the one in force, kept on disk for the next
 * start; and what decides while there is none yet.
 */
package io.sallyport.link.policy;
