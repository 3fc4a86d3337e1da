package org.xenomips.devices.netio;

import java.util.List;
import org.xenomips.net.PortFactory;

/** Reading the parameters of a port. Stateless. */
final class Parameters {
    private Parameters() {}

    /** {@code parameters} if their number is in the range. */
    static List<String> count(PortFactory factory, List<String> parameters, int least, int most) {
        if (parameters.size() < least || parameters.size() > most) {
            String expected = factory.parameters().isEmpty() ? "none" : factory.parameters();
            throw new IllegalArgumentException("invalid number of arguments for '" + factory.type() + "': got "
                    + parameters.size() + ", expected " + expected);
        }
        return parameters;
    }

    /** A TCP or UDP port number, {@code least}..65535. */
    static int portNumber(PortFactory factory, String text, int least) {
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= 65_535) {
                return number;
            }
        } catch (NumberFormatException e) {
            HostPort.LOG.log(System.Logger.Level.TRACE, "not a number: {0}", text);
        }
        throw new IllegalArgumentException(
                factory.type() + ": \"" + text + "\" is no port number; " + least + " to 65535 are possible");
    }

    /** A host name or address. */
    static String host(PortFactory factory, String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException(factory.type() + ": the host is missing");
        }
        return text;
    }
}
