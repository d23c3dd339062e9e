/** What a TLS session really is: judged from the session itself, whatever trust managers and verifiers let it through. */
@org.jspecify.annotations.NullMarked
package io.sallyport.weaving.tls;
