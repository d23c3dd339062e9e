/** Masking what getters return, by the type that they return it as. */
package io.sallyport.jdbc.read;
