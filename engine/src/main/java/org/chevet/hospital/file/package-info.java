/** Reads a hospital's layout from its YAML file, and tells every mistake in it at once. */
@NullMarked
package org.chevet.hospital.file;

import org.jspecify.annotations.NullMarked;
