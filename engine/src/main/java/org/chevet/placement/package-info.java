/**
 * The allocation core: which bed for whom, and why. Everything here is a proposal and changes nothing. Pure: time comes in as an argument.
 */
@NullMarked
package org.chevet.placement;

import org.jspecify.annotations.NullMarked;
