/** The other side of the link for tests: a certificate authority and a control plane that does what the test tells it. */
package io.sallyport.link.testing;
