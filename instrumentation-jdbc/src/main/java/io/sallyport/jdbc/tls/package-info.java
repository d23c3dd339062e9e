/** What a socket really is: judged from the TLS session itself, whatever trust managers and verifiers let it through. */
package io.sallyport.jdbc.tls;
