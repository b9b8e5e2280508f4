/**
 * What lies ahead, as distributions of counts: how many beds will be occupied, and how sure that is. Pure: no clock, no input or output;
 * days and draws come in as arguments.
 */
@NullMarked
package org.chevet.forecast;

import org.jspecify.annotations.NullMarked;
