/**
 * Stays over nights: which bed each stay lies in on each night of a horizon, at the least price. Plain numbers only, so that a
 * hospital's rules and the published instances run through the same solver. Pure: no clock, no global randomness.
 */
@NullMarked
package org.chevet.placement.stay;

import org.jspecify.annotations.NullMarked;
