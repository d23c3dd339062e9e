/** The relay from outside: real TLS clients, a scripted or a real target behind it. */
@org.jspecify.annotations.NullMarked
package io.sallyport.controlplane.relay;
