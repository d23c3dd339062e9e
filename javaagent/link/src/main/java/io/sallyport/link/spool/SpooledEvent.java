package io.sallyport.link.spool;

import io.sallyport.core.record.Event;

/** @param sequence position in the recording, from 1 */
record SpooledEvent(long sequence, Event event) {}
