package org.xenomips.devices.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.xenomips.device.SerialPort;
import org.xenomips.devices.serial.PlayedLine;

class ReadyWatchTest {
    private final PlayedLine line = new PlayedLine();

    @Test
    void noteFollowsTheFirstLineThatBeginsWithTheWord() {
        SerialPort watched = ReadyWatch.on(line, () -> "[note]");
        "not READY\r\nREAD\r\nREADY to go\r\nREADY\r\n".chars().forEach(watched::write);
        assertThat(line.output()).hasToString("not READY\r\nREAD\r\nREADY to go\r\n[note]\r\nREADY\r\n");
    }

    @Test
    void lineIsLeftAloneWithoutANote() {
        assertThat(ReadyWatch.on(line, null)).isSameAs(line);
    }
}
