/** The server, the dashboard it serves, and the main class. */
@NullMarked
package org.chevet.web;

import org.jspecify.annotations.NullMarked;
