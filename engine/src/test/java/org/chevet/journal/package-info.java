@NullMarked
package org.chevet.journal;

import org.jspecify.annotations.NullMarked;
