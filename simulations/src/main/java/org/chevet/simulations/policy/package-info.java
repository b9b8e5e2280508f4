/** What a way of choosing beds makes of the same weeks. */
@NullMarked
package org.chevet.simulations.policy;

import org.jspecify.annotations.NullMarked;
