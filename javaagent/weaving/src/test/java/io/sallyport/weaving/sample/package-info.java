/** Classes that stand for application code in the weaving tests. */
package io.sallyport.weaving.sample;
