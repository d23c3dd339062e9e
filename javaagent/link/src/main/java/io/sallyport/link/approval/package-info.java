/** Calls that wait for people: tickets go up until somebody decides, decisions come down exactly once. */
package io.sallyport.link.approval;
