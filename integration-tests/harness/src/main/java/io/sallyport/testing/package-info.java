/**
 * Starts the real parts for the black-box tests and the demo: PostgreSQL and MariaDB with TLS, the control plane's jar, child JVMs under the
 * agent's jar. Sees only jars; knows no class of the agent or the control plane.
 */
package io.sallyport.testing;
