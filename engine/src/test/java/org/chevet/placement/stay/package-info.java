@NullMarked
package org.chevet.placement.stay;

import org.jspecify.annotations.NullMarked;
