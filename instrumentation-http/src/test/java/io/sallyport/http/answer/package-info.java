/** Tests of what happens to answers, without a client. */
package io.sallyport.http.answer;
