/**
 * Signing in through an identity provider. The provider says who a person is and which groups they are in; the settings say which roles
 * that gives. Nothing about a sign-in under way is stored: the browser carries it, sealed, so that any replica can finish it.
 */
@org.jspecify.annotations.NullMarked
package io.sallyport.controlplane.signin;
