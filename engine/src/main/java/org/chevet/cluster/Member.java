package org.chevet.cluster;

/**
 * A member as others see it.
 *
 * @param name what people call it, from its configuration
 * @param address where members reach it, host and port
 */
public record Member(MemberId id, String name, String address) {}
