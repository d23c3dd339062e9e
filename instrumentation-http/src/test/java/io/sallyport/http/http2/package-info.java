/** HTTP/2 (RFC 9113), against a server that speaks it. */
package io.sallyport.http.http2;
