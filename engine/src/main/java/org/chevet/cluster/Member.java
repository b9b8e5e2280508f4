package org.chevet.cluster;

/**
 * A member as others see it.
 *
 * @param name what people call it, from its configuration
 */
public record Member(MemberId id, String name) {}
