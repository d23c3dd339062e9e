/**
 * What has to be done to a response, whatever the client: the masker of its body, the decoding that a masker needs, and the header
 * fields that are no longer true. Clients differ only in how bytes reach them; that part is theirs.
 */
@org.jspecify.annotations.NullMarked
package io.sallyport.http.answer;
