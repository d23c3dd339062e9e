/**
 * HTTP clients, one package per client; this package holds what they share: the translation of a request into a command and of a
 * refusal into an {@link java.io.IOException}.
 *
 * <p>To add a client, copy {@link io.sallyport.http.jdk}: a {@code WeaveModule}, a {@code WeavePoint} per woven type, advice that
 * is one line long, and a passage class with the logic. Once an answer's status is known and before its body is handed out, the
 * client asks {@link io.sallyport.http.HttpGate#answered}.
 */
package io.sallyport.http;
