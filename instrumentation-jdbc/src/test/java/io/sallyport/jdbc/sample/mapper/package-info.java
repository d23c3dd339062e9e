/** Mappers as applications use them. */
package io.sallyport.jdbc.sample.mapper;
