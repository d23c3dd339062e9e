package io.sallyport.controlplane.events;

import io.sallyport.protocol.AgentMessage;
import java.util.List;

/**
 * What an agent sends of one recording at once, in order.
 *
 * @param size characters of the frame that it came in
 */
public record Upload(String workload, String spool, List<AgentMessage.Numbered> events, int size) {}
