/**
 * Which types and methods are woven: descriptions that are read from class files as far as somebody asks, and what can be asked of them.
 *
 * <p>Nothing is loaded to answer. A type that is asked for and cannot be found is an {@link java.lang.IllegalStateException}, and so a class
 * that the coverage reports as refused.
 */
@NullMarked
package io.sallyport.weaving.match;

import org.jspecify.annotations.NullMarked;
