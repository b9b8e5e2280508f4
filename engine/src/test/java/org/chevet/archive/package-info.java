@NullMarked
package org.chevet.archive;

import org.jspecify.annotations.NullMarked;
