/** How fast the engine is, measured on hospitals of several sizes (JMH). */
@NullMarked
package org.chevet.simulations.benchmark;

import org.jspecify.annotations.NullMarked;
