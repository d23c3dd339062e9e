/** Applications for child JVMs; they know nothing of Sallyport. */
package io.example.probe;
