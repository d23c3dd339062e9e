/** Application code of these tests; loaded beside the drivers. */
package io.sallyport.jdbc.sample;
