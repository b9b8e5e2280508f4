/** The queue plan's solver: who gets which bed when many wait, on plain arrays. */
@NullMarked
package org.chevet.placement.queue;

import org.jspecify.annotations.NullMarked;
