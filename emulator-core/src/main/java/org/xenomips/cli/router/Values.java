package org.xenomips.cli.router;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.xenomips.machine.ConfigurationException;
import org.xenomips.machine.MachineConfig.Binding;
import org.xenomips.machine.MachineConfig.Console;

/** The syntax of option values. Every failure says what was given and what is expected. */
public final class Values {
    private Values() {}

    /** A whole number in base 10, or with {@code 0x} in base 16; in base 8 with a leading 0 if {@code octal}. */
    static long number(String option, String text, long least, long most, boolean octal) throws ConfigurationException {
        long value;
        try {
            value = text.startsWith("0x") || text.startsWith("0X")
                    ? Long.parseUnsignedLong(text.substring(2), 16)
                    : octal && text.startsWith("0") && text.length() > 1
                            ? Long.parseLong(text, 8)
                            : Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new ConfigurationException(option + ": '" + text + "' is not a number", e);
        }
        if (value < least || value > most) {
            throw new ConfigurationException(
                    "%s: %s is out of range; %d to %d is possible".formatted(option, text, least,
                            most));
        }
        return value;
    }

    /** A number from {@code least} to {@code most} in base 10 or 16. */
    public static int number(String option, String text, int least, int most) throws ConfigurationException {
        return (int) number(option, text, least, most, false);
    }

    /** Size of an NVRAM in KB ({@code -n}). */
    static int nvramKb(String text) throws ConfigurationException {
        return number("-n", text, 8, 2048);
    }

    /** An address; 32-bit values with bit 31 clear or set are sign-extended as the processor does. */
    static OptionalLong address(String option, String text) throws ConfigurationException {
        long value = number(option, text, Long.MIN_VALUE, Long.MAX_VALUE, true);
        return OptionalLong.of(value >>> 32 == 0 ? (int) value : value);
    }

    /**
     * A MAC address: six groups separated by {@code :} or three by {@code .}, each hexadecimal with any number of digits, cut to 8
     * or 16 bits; {@code 00:16:3e:01:0:01} is 0016.3e01.0001. A group may have leading blanks or {@code 0x}; what follows the last
     * group is ignored.
     */
    static byte[] mac(String text) throws ConfigurationException {
        boolean dotted = !text.contains(":");
        String[] groups = text.split(dotted ? "\\." : ":", -1);
        int wanted = dotted ? 3 : 6;
        if (groups.length < wanted) {
            throw badMac(text);
        }
        byte[] mac = new byte[6];
        for (int i = 0; i < wanted; i++) {
            String digits = leadingHex(groups[i], i == wanted - 1);
            if (digits.isEmpty()) {
                throw badMac(text);
            }
            int value = Integer.parseUnsignedInt(digits.substring(Math.max(0, digits.length() - 8)), 16);
            if (dotted) {
                mac[2 * i] = (byte) (value >> 8);
                mac[2 * i + 1] = (byte) value;
            } else {
                mac[i] = (byte) value;
            }
        }
        return mac;
    }

    private static String leadingHex(String group, boolean last) {
        String g = group.strip();
        g = g.startsWith("0x") || g.startsWith("0X") ? g.substring(2) : g;
        int end = 0;
        while (end < g.length() && Character.digit(g.charAt(end), 16) >= 0) {
            end++;
        }
        return end == g.length() || last ? g.substring(0, end) : "";
    }

    private static ConfigurationException badMac(String text) {
        return new ConfigurationException("-m: '" + text + "' is not a MAC address; write 00:16:3e:01:00:01 or "
                + "0016.3e01.0001");
    }

    /** {@code SLOT:CARD} or {@code SLOT:SUBSLOT:CARD}. */
    record Card(int slot, String name) {
        static Card parse(String text) throws ConfigurationException {
            String[] parts = text.split(":", -1);
            if (parts.length < 2 || parts.length > 3 || parts[parts.length - 1].isEmpty()) {
                throw new ConfigurationException("-p: '" + text + "' is not SLOT:CARD, for example 1:PA-FE-TX");
            }
            if (parts.length == 3) {
                number("-p " + text + ": sub-slot", parts[1], 0, 0);
            }
            return new Card(number("-p " + text + ": slot", parts[0], 0, 8), parts[parts.length - 1]);
        }
    }

    /** {@code SLOT:PORT:TYPE[:PARAMETERS]}. */
    static Binding binding(String text) throws ConfigurationException {
        List<String> parts = Arrays.asList(text.split(":", -1));
        if (parts.size() < 3 || parts.get(2).isEmpty()) {
            throw new ConfigurationException("-s: '" + text + "' is not SLOT:PORT:TYPE[:PARAMETERS], for example "
                    + "1:0:tap:tap0");
        }
        return new Binding(number("-s " + text + ": slot", parts.get(0), 0, 8),
                number("-s " + text + ": port", parts.get(1), 0, 31), parts.get(2),
                List.copyOf(parts.subList(3, parts.size())));
    }

    /** {@code SLOT:PORT:FILE}. */
    record Capture(int slot, int port, String file) {
        static Capture parse(String text) throws ConfigurationException {
            String[] parts = text.split(":", 3);
            if (parts.length < 3 || parts[2].isEmpty()) {
                throw new ConfigurationException("--capture: '" + text + "' is not SLOT:PORT:FILE, for example "
                        + "1:0:eth1.pcap");
            }
            return new Capture(number("--capture " + text + ": slot", parts[0], 0, 8),
                    number("--capture " + text + ": port", parts[1], 0, 31), parts[2]);
        }
    }

    /** {@code device[:baud[:databits[:parity[:stopbits[:hwflow]]]]]}. */
    static Console serial(String option, String text) throws ConfigurationException {
        String[] parts = text.split(":", -1);
        if (parts[0].isEmpty() || parts.length > 6) {
            throw new ConfigurationException(option + ": '" + text + "' is not "
                    + "DEVICE[:BAUD[:DATABITS[:PARITY[:STOPBITS[:HWFLOW]]]]]");
        }
        String parity = parts.length > 3 ? parts[3] : "N";
        if (!parity.matches("[NOE]")) {
            throw new ConfigurationException(option + ": parity '" + parity + "' is not N, O or E");
        }
        return new Console.Serial(parts[0],
                parts.length > 1 ? number(option + ": speed", parts[1], 50, 4_000_000) : 9600,
                parts.length > 2 ? number(option + ": data bits", parts[2], 5, 8) : 8, parity.charAt(0),
                parts.length > 4 ? number(option + ": stop bits", parts[4], 1, 2) : 1,
                parts.length > 5 && number(option + ": hardware flow control", parts[5], 0, 1) == 1);
    }

    /** {@code none}, {@code ^X}, a single character, or a number. */
    static int escape(String text) throws ConfigurationException {
        if (text.equalsIgnoreCase("none")) {
            return -1;
        }
        if (text.length() == 2 && text.charAt(0) == '^') {
            return Character.toUpperCase(text.charAt(1)) & 0x1f;
        }
        if (text.length() == 1) {
            return text.charAt(0) & 0xff;
        }
        return number("--console-escape", text, 0, 255);
    }
}
