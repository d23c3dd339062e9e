/** Advice that names types of a library, and is defined next to it. */
package io.sallyport.weaving.gong;
