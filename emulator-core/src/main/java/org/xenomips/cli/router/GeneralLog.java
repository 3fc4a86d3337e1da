package org.xenomips.cli.router;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;
import org.xenomips.machine.ConfigurationException;

/**
 * The program's own log ({@code -l}): what the emulator, not the guest, has to say. Rewritten on every start. Thread: any.
 */
public final class GeneralLog implements AutoCloseable {
    private static final Logger ROOT = Logger.getLogger("org.xenomips");

    private final StreamHandler handler;

    private GeneralLog(StreamHandler handler) {
        this.handler = handler;
    }

    /** Logs to {@code file} from now on; {@code details} includes mistakes of the guest and gaps of the models. */
    public static GeneralLog open(Path file, boolean details) throws ConfigurationException {
        try {
            OutputStream out = Files.newOutputStream(file);
            StreamHandler handler = new StreamHandler(out, new Lines()) {
                @Override
                public synchronized void publish(LogRecord logged) {
                    super.publish(logged);
                    flush();
                }
            };
            Level level = details ? Level.FINE : Level.INFO;
            handler.setLevel(level);
            ROOT.setLevel(level);
            ROOT.addHandler(handler);
            return new GeneralLog(handler);
        } catch (IOException e) {
            throw new ConfigurationException("-l: cannot write the log file " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        ROOT.removeHandler(handler);
        handler.close();
    }

    /** The same form as the machine's log. */
    private static final class Lines extends Formatter {
        @Override
        public String format(LogRecord logged) {
            return LogFile.stamp(logged.getInstant()) + " " + logged.getLevel() + ": " + formatMessage(logged) + "\n";
        }
    }
}
