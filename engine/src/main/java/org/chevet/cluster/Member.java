package org.chevet.cluster;

import org.jspecify.annotations.Nullable;

/**
 * A member as others see it.
 *
 * @param name what people call it, from its configuration
 * @param address where browsers reach it, an origin (RFC 6454); null when it does not say
 */
public record Member(MemberId id, String name, @Nullable String address) {}
