/** Patterns of the policy file: globs over hosts, paths, tables, columns and call sites. No regular expression, no allocation per match. */
package io.sallyport.core.policy.match;
