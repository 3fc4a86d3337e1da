package org.xenomips.devices.console;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import org.xenomips.machine.MachineConfig;

/**
 * Terminal attributes in the layout of the C library's {@code struct termios} on Linux (x86-64, AArch64). Immutable.
 *
 * @see "termios(3)"
 */
final class Termios {
    /** Size of the structure. */
    static final int BYTES = 60;

    private static final int IFLAG = 0;
    private static final int CFLAG = 8;
    private static final int LFLAG = 12;
    private static final int VTIME = 17 + 5;
    private static final int VMIN = 17 + 6;
    private static final int ISPEED = 52;
    private static final int OSPEED = 56;

    /** BRKINT, PARMRK, ISTRIP, INLCR, IGNCR, ICRNL, IXON, IXOFF: whatever would change or swallow an input byte. */
    private static final int INPUT_PROCESSING = 0x0002 | 0x0008 | 0x0020 | 0x0040 | 0x0080 | 0x0100 | 0x0400 | 0x1000;
    /** ISIG, ICANON, ECHO and its variants, IEXTEN. */
    private static final int LOCAL_PROCESSING = 0x0001 | 0x0002 | 0x0008 | 0x0010 | 0x0020 | 0x0040 | 0x8000;
    private static final int OFLAG = 4;
    private static final int OPOST = 0x0001;
    /** CBAUD with CBAUDEX. */
    private static final int SPEED_MASK = 0x100f;
    private static final int CSIZE = 0x0030;
    private static final int CSTOPB = 0x0040;
    private static final int CREAD = 0x0080;
    private static final int PARENB = 0x0100;
    private static final int PARODD = 0x0200;
    private static final int CLOCAL = 0x0800;
    private static final int CRTSCTS = 0x8000_0000;

    /** Speed codes by bits per second. */
    private static final Map<Integer, Integer> SPEEDS = Map.ofEntries(Map.entry(300, 0x7), Map.entry(600, 0x8),
            Map.entry(1200, 0x9), Map.entry(2400, 0xb), Map.entry(4800, 0xc), Map.entry(9600, 0xd),
            Map.entry(19200, 0xe), Map.entry(38400, 0xf), Map.entry(57600, 0x1001), Map.entry(115200, 0x1002),
            Map.entry(230400, 0x1003), Map.entry(460800, 0x1004), Map.entry(921600, 0x1007));

    private final byte[] raw;

    Termios(byte[] raw) {
        this.raw = raw.clone();
    }

    /** The structure's bytes. */
    byte[] raw() {
        return raw.clone();
    }

    private static ByteBuffer buffer(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    }

    private static void change(ByteBuffer fields, int at, int clear, int set) {
        fields.putInt(at, fields.getInt(at) & ~clear | set);
    }

    /** Every typed byte arrives at once and as it is, unechoed; output is processed as before. */
    Termios rawInput() {
        byte[] bytes = raw.clone();
        ByteBuffer fields = buffer(bytes);
        change(fields, IFLAG, INPUT_PROCESSING, 0);
        change(fields, LFLAG, LOCAL_PROCESSING, 0);
        fields.put(VTIME, (byte) 0);
        fields.put(VMIN, (byte) 1);
        return new Termios(bytes);
    }

    /** True if {@code baud} is a speed that {@link #serial} can set. */
    static boolean isSpeed(int baud) {
        return SPEEDS.containsKey(baud);
    }

    /** A transparent line with {@code line}'s settings that does not wait for a carrier. */
    Termios serial(MachineConfig.Console.Serial line) {
        Termios transparent = rawInput();
        ByteBuffer fields = buffer(transparent.raw);
        int speed = SPEEDS.getOrDefault(line.baud(), 0xd);
        int parity = switch (line.parity()) {
            case 'E', 'e' -> PARENB;
            case 'O', 'o' -> PARENB | PARODD;
            default -> 0;
        };
        int set = speed | line.dataBits() - 5 << 4 | (line.stopBits() == 2 ? CSTOPB : 0) | parity | CREAD | CLOCAL
                | (line.hardwareFlow() ? CRTSCTS : 0);
        change(fields, OFLAG, OPOST, 0);
        change(fields, CFLAG, SPEED_MASK | CSIZE | CSTOPB | PARENB | PARODD | CRTSCTS, set);
        fields.putInt(ISPEED, speed);
        fields.putInt(OSPEED, speed);
        return transparent;
    }

    /** True when typed characters are echoed. */
    boolean echoes() {
        return (buffer(raw).getInt(LFLAG) & 0x0008) != 0;
    }

    /** Output speed code and the control flags, for comparison. */
    int controlFlags() {
        return buffer(raw).getInt(CFLAG);
    }
}
