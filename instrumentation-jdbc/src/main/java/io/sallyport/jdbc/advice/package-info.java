/**
 * What woven methods call. One line each, in reading order of the API: the logic is in the other packages. No agent type occurs in
 * a signature, and nothing is suppressed: what an advice throws is what the application sees.
 */
package io.sallyport.jdbc.advice;
