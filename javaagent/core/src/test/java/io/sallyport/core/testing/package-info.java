/** Scripted counterparts of the core: a policy, an approval desk and a sink whose behaviour a test decides. */
package io.sallyport.core.testing;
