package org.xenomips.devices.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.xenomips.device.SerialPort;

class ReadyWatchTest {
    private final StringBuilder printed = new StringBuilder();
    private final SerialPort line = new SerialPort() {
        @Override
        public boolean hasInput() {
            return false;
        }

        @Override
        public int read() {
            return -1;
        }

        @Override
        public void write(int character) {
            printed.append((char) character);
        }

        @Override
        public void flush() {}

        @Override
        public void onInput(Runnable listener) {}
    };

    @Test
    void noteFollowsTheFirstLineThatBeginsWithTheWord() {
        SerialPort watched = ReadyWatch.on(line, () -> "[note]");
        "not READY\r\nREAD\r\nREADY to go\r\nREADY\r\n".chars().forEach(watched::write);
        assertThat(printed).hasToString("not READY\r\nREAD\r\nREADY to go\r\n[note]\r\nREADY\r\n");
    }

    @Test
    void lineIsLeftAloneWithoutANote() {
        assertThat(ReadyWatch.on(line, null)).isSameAs(line);
    }
}
