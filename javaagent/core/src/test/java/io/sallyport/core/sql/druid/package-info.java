/** Checks the token readers against another parser's opinion: Druid's, which shares no line and no grammar with them. */
package io.sallyport.core.sql.druid;
