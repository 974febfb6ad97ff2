package io.rewarddance.driver.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.FileAppender;
import io.rewarddance.driver.console.Screen;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * Sends the whole log of this process to a run's {@code run.log} as well, while open. On a live
 * screen, warnings go through the screen for that time: written past it, they would tear its block.
 */
final class RunLog implements AutoCloseable {
  private static final String STDERR = "STDERR"; // its name in logback.xml
  private static final String PATTERN =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level [%thread] %logger{30}: %msg%n";

  private final Logger root;
  private final FileAppender<ILoggingEvent> file;
  private final Optional<Appender<ILoggingEvent>> standardError;
  private final Appender<ILoggingEvent> screen;

  private RunLog(
      Logger root,
      FileAppender<ILoggingEvent> file,
      Optional<Appender<ILoggingEvent>> standardError,
      Appender<ILoggingEvent> screen) {
    this.root = root;
    this.file = file;
    this.standardError = standardError;
    this.screen = screen;
  }

  static RunLog open(Path path, Screen screen) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    FileAppender<ILoggingEvent> file = file(context, path);
    ScreenAppender warnings = new ScreenAppender(screen);
    warnings.setContext(context);
    warnings.start();
    Optional<Appender<ILoggingEvent>> standardError =
        screen.live() ? Optional.ofNullable(root.getAppender(STDERR)) : Optional.empty();
    root.addAppender(file);
    if (standardError.isPresent()) {
      root.detachAppender(standardError.get());
      root.addAppender(warnings);
    }
    return new RunLog(root, file, standardError, warnings);
  }

  @Override
  public void close() {
    root.detachAppender(screen);
    standardError.ifPresent(root::addAppender);
    root.detachAppender(file);
    file.stop();
  }

  private static FileAppender<ILoggingEvent> file(LoggerContext context, Path path) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(PATTERN);
    encoder.start();
    FileAppender<ILoggingEvent> file = new FileAppender<>();
    file.setContext(context);
    file.setName("run");
    file.setFile(path.toString());
    file.setEncoder(encoder);
    file.start();
    return file;
  }

  /** Warnings and errors, a line each, above the live block. */
  private static final class ScreenAppender extends AppenderBase<ILoggingEvent> {
    private final Screen screen;

    ScreenAppender(Screen screen) {
      this.screen = screen;
    }

    @Override
    protected void append(ILoggingEvent event) {
      if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
        screen.print(event.getLevel() + " " + event.getFormattedMessage());
      }
    }
  }
}
