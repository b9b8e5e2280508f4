package org.chevet.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/** Tells a file that was written from one that was not, without reading it. */
record FileSignature(@Nullable FileTime modified, long bytes) {
    /** Of a file that is not there. */
    static final FileSignature NONE = new FileSignature(null, 0);

    static FileSignature of(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new FileSignature(attributes.lastModifiedTime(), attributes.size());
        } catch (IOException gone) {
            return NONE;
        }
    }
}
