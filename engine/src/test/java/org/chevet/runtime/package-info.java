@NullMarked
package org.chevet.runtime;

import org.jspecify.annotations.NullMarked;
