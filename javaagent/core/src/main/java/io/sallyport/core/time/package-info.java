/** Times of the week, as policies name them: read by conditions and by what approvers are bound to. */
@org.jspecify.annotations.NullMarked
package io.sallyport.core.time;
