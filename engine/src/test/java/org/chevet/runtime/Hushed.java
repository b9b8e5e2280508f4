package org.chevet.runtime;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** Keeps failures that a test makes on purpose out of its output. */
final class Hushed {
    private Hushed() {}

    static Subscription logsOf(Class<?>... classes) {
        for (Class<?> type : classes) {
            logger(type).setLevel(Level.OFF);
        }
        return () -> {
            for (Class<?> type : classes) {
                logger(type).setLevel(null);
            }
        };
    }

    private static Logger logger(Class<?> type) {
        return (Logger) LoggerFactory.getLogger(type);
    }
}
