/**
 * What every HTTP client must do under the agent, written once. A client's test extends {@link
 * io.sallyport.http.contract.HttpClientContract}, says how a call is made with it, and adds what is particular to it.
 */
package io.sallyport.http.contract;
