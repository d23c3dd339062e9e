/** Which statement shapes a workload is known to send from where, for {@code newShape}. */
package io.sallyport.core.policy.shape;
