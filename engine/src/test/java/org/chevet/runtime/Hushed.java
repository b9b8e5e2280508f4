package org.chevet.runtime;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/** Keeps failures that a test makes on purpose out of its output. */
final class Hushed {
    /** Tests run beside each other. */
    private static final Map<Class<?>, Integer> TIMES = new ConcurrentHashMap<>();

    private Hushed() {}

    static Subscription logsOf(Class<?>... classes) {
        for (Class<?> type : classes) {
            hush(type, 1);
        }
        return () -> {
            for (Class<?> type : classes) {
                hush(type, -1);
            }
        };
    }

    private static void hush(Class<?> type, int more) {
        TIMES.compute(type, (same, times) -> {
            int left = (times == null ? 0 : times) + more;
            logger(type.getName()).setLevel(left == 0 ? null : Level.OFF);
            return left;
        });
    }

    /** While another class's first log line sets logging up, there is only a stand-in. */
    static Logger logger(String name) {
        ILoggerFactory logging = LoggerFactory.getILoggerFactory();
        while (!(logging instanceof LoggerContext)) {
            Thread.onSpinWait();
            logging = LoggerFactory.getILoggerFactory();
        }
        return ((LoggerContext) logging).getLogger(name);
    }
}
