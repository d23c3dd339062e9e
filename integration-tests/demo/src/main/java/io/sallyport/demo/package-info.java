/** The demo: real parts, one scenario, told in plain words or checked without a human. */
package io.sallyport.demo;
