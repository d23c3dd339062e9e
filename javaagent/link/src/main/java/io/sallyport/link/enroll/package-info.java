/**
 * From a one-time join token to a credential of the workload's own, kept on disk so that a restart needs no token.
 */
package io.sallyport.link.enroll;
