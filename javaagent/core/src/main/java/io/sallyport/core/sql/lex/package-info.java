/**
 * Cuts SQL text into tokens and statements the way a server would: one linear pass with the dialect's own lexical rules, because
 * whoever sees another comment or string boundary than the server does judges another statement than the one that runs.
 */
package io.sallyport.core.sql.lex;
