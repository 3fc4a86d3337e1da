package org.xenomips.devices.storage.nvram;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.xenomips.device.Resettable;
import org.xenomips.device.SnapshotException;
import org.xenomips.device.SnapshotReader;
import org.xenomips.device.SnapshotWriter;
import org.xenomips.device.Snapshotable;
import org.xenomips.time.GuestClock;

/**
 * The calendar hidden behind one NVRAM byte: a pattern of 64 bits written one by one opens it, after which 64 reads
 * deliver a time stamp, least significant bit first.
 *
 * <p>Deviation: setting the clock (64 further writes) is followed but changes nothing; the calendar is the host's, in
 * UTC.
 *
 * @see "Dallas Semiconductor DS1216 SmartWatch data sheet, 'Pattern recognition' and 'Clock register'"
 */
final class PhantomClock implements Resettable, Snapshotable {
    private static final long PATTERN = 0x5ca3_3ac5_5ca3_3ac5L;
    private static final int STAMP_BITS = 64;

    private final GuestClock clock;
    private long pattern;
    private long stamp;
    /** Writes of a "set clock" operation, 0 = the clock is not open for one. */
    private int writes;

    PhantomClock(GuestClock clock) {
        this.clock = clock;
    }

    /** Delivers the next bit of the latched stamp; 0 behind its end. */
    int read() {
        int bit = (int) stamp & 1;
        stamp >>>= 1;
        return bit;
    }

    /** Shifts bit 0 of {@code value} into the comparison register. */
    void write(int value) {
        pattern = pattern >>> 1 | (long) value << 63;
        if (pattern == PATTERN) {
            stamp = stamp(clock.wallMillis());
            writes = 1;
        } else if (writes != 0) {
            writes = writes == STAMP_BITS ? 0 : writes + 1;
        }
    }

    /** True when {@link #read} would change nothing. */
    boolean isExhausted() {
        return stamp == 0;
    }

    /**
     * The stamp for a wall-clock time: from the low byte hundredths, seconds, minutes, hours, weekday, day, month, year
     * in BCD.
     */
    private static long stamp(long wallMillis) {
        LocalDateTime now = LocalDateTime.ofInstant(Instant.ofEpochMilli(wallMillis), ZoneOffset.UTC);
        long bits = bcd(now.getYear() - 1900);
        bits = bits << 8 | bcd(now.getMonthValue());
        bits = bits << 8 | bcd(now.getDayOfMonth());
        bits = bits << 8 | bcd(now.getDayOfWeek().getValue() % 7);
        bits = bits << 8 | bcd(now.getHour());
        bits = bits << 8 | bcd(now.getMinute());
        bits = bits << 8 | bcd(now.getSecond());
        return bits << 8;
    }

    /** Two digits; the tens of a year after 1999 are above 9, as guests of this platform expect. */
    private static int bcd(int value) {
        return (value / 10 << 4 | value % 10) & 0xff;
    }

    @Override
    public void reset() {
        pattern = 0;
        stamp = 0;
        writes = 0;
    }

    @Override
    public void save(SnapshotWriter out) {
        out.putLong("pattern", pattern);
        out.putLong("stamp", stamp);
        out.putInt("writes", writes);
    }

    @Override
    public void restore(SnapshotReader in) throws SnapshotException {
        pattern = in.getLong("pattern");
        stamp = in.getLong("stamp");
        writes = in.getInt("writes");
    }
}
