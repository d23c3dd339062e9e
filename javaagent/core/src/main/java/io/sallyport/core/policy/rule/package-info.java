/** What a policy file says, read and checked but not yet bound to any call: targets, guards with their conditions, masks, TLS entries. */
package io.sallyport.core.policy.rule;
