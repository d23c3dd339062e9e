/** Who a workload is, as its control plane verified it. */
package io.sallyport.core.identity;
