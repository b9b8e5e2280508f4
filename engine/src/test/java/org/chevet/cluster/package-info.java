@NullMarked
package org.chevet.cluster;

import org.jspecify.annotations.NullMarked;
