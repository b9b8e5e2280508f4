@NullMarked
package org.chevet.web;

import org.jspecify.annotations.NullMarked;
