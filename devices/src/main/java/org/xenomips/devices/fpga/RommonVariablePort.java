package org.xenomips.devices.fpga;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.xenomips.device.Resettable;
import org.xenomips.device.SnapshotException;
import org.xenomips.device.SnapshotReader;
import org.xenomips.device.SnapshotWriter;
import org.xenomips.device.Snapshotable;

/**
 * The guest's way to the ROM monitor variables: a byte stream into and out of one buffer, and commands on that buffer.
 * Thread: machine thread.
 */
final class RommonVariablePort implements Resettable, Snapshotable {
    private static final int SIZE = 512;
    private static final int OK = 0;
    private static final int FAILED = -1;

    private final RommonVariables variables;
    /** Always ends with a 0 byte. */
    private final byte[] buffer = new byte[SIZE];
    private int position;
    private int status;

    RommonVariablePort(RommonVariables variables) {
        this.variables = variables;
    }

    /** Appends a character and an end mark. */
    void writeByte(int character) {
        if (position == SIZE - 1) {
            position = 0;
            return;
        }
        buffer[position++] = (byte) character;
        buffer[position] = 0;
    }

    /** The next character, sign-extended. */
    int readByte() {
        if (position == SIZE - 1) {
            position = 0;
            return 0;
        }
        return buffer[position++];
    }

    int status() {
        return status;
    }

    void command(int command) {
        switch (command) {
            case 1 -> finish(variables.set(text()));
            case 2 -> answer(variables.get(text()));
            case 3 -> position = 0;
            case 4 -> finish(variables.unset(text()));
            case 5 -> answer(variables.entry(index()));
            default -> status = FAILED;
        }
    }

    private void answer(@Nullable String value) {
        if (value != null) {
            byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
            int length = Math.min(bytes.length, SIZE - 1);
            System.arraycopy(bytes, 0, buffer, 0, length);
            buffer[length] = 0;
        }
        finish(value != null);
    }

    private void finish(boolean success) {
        position = 0;
        status = success ? OK : FAILED;
    }

    private int index() {
        String text = text();
        return text.matches("\\d{1,6}") ? Integer.parseInt(text) : -1;
    }

    private String text() {
        int length = 0;
        while (buffer[length] != 0) {
            length++;
        }
        return new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
    }

    @Override
    public void reset() {
        java.util.Arrays.fill(buffer, (byte) 0);
        position = 0;
        status = OK;
    }

    @Override
    public void save(SnapshotWriter out) {
        out.putBytes("buffer", buffer.clone());
        out.putInt("position", position);
        out.putInt("status", status);
    }

    @Override
    public void restore(SnapshotReader in) throws SnapshotException {
        byte[] saved = in.getBytes("buffer");
        int at = in.getInt("position");
        if (saved.length != SIZE || saved[SIZE - 1] != 0 || at < 0 || at >= SIZE) {
            throw new SnapshotException("the saved ROM monitor variable buffer is damaged");
        }
        System.arraycopy(saved, 0, buffer, 0, SIZE);
        position = at;
        status = in.getInt("status");
    }
}
