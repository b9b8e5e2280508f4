package org.chevet.web;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/** What the log of one class, and Vert.x's, say meanwhile. Other classes run beside: what else the process logs may be theirs. */
final class Logged implements AutoCloseable {
    /** Held by classes whose clients break off or break rules: what the web server then logs is told to one of them at a time. */
    static final String WEB_SERVER = "the web server's log";

    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
    private final Logger own;
    private final Logger vertx = logger("io.vertx");

    /** The web server's. */
    Logged() {
        this(WebServer.class);
    }

    Logged(Class<?> of) {
        own = logger(of.getName());
        appender.list = new CopyOnWriteArrayList<>();
        appender.start();
        own.setLevel(Level.INFO);
        own.addAppender(appender);
        vertx.addAppender(appender);
    }

    /** While another class's first log line sets logging up, there is only a stand-in. */
    private static Logger logger(String name) {
        ILoggerFactory logging = LoggerFactory.getILoggerFactory();
        while (!(logging instanceof LoggerContext)) {
            Thread.onSpinWait();
            logging = LoggerFactory.getILoggerFactory();
        }
        return ((LoggerContext) logging).getLogger(name);
    }

    List<ILoggingEvent> events() {
        return List.copyOf(appender.list);
    }

    @Override
    public void close() {
        vertx.detachAppender(appender);
        own.detachAppender(appender);
        own.setLevel(null);
    }
}
