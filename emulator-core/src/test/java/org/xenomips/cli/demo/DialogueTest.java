package org.xenomips.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.xenomips.machine.ConsoleEnd.Keyboard;

class DialogueTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Dialogue dialogue = new Dialogue("R1");

    private void hear(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        dialogue.hear(bytes, bytes.length);
    }

    /** A guest that does what {@code shell} does with each line typed and the number of that line. */
    private void guest(BiConsumer<String, Integer> shell) {
        dialogue.speakThrough(new Keyboard() {
            private int lines;

            @Override
            public void press(byte[] keys, int length) {
                throw new AssertionError("commands are for the guest, not for the monitor");
            }

            @Override
            public void type(byte[] characters) {
                String line = new String(characters, StandardCharsets.ISO_8859_1);
                assertThat(line).endsWith("\r");
                lines++;
                int number = lines;
                Thread.ofVirtual().start(() -> shell.accept(line.strip(), number));
            }
        });
    }

    @Test
    void firstPromptIsTheOneAfterTheGuestSaysThatItIsReady() {
        hear("Linux version 6.1\r\n# \r\nsh# \r\n");
        assertThat(dialogue.promptNs()).isEmpty();
        hear("not READY\r\nx# \r\n");
        assertThat(dialogue.promptNs()).isEmpty();
        hear("READY after 2 s\r\n");
        assertThat(dialogue.lastLine()).isEqualTo("READY after 2 s");
        hear("\033[6nR1");
        assertThat(dialogue.promptNs()).isEmpty();
        hear("# ");
        assertThat(dialogue.promptNs()).isPresent();
    }

    @Test
    void outputIsFoundBetweenEchoPromptsAndEscapeSequences() throws Exception {
        guest((line, number) -> {
            String wrapped = line.substring(0, 20) + "\r\n" + line.substring(20);
            hear(wrapped + "\b \b\033[J\r\n@" + number + "<\r\n\033[1mone\033[0m\r\ntwo\t2\r\n@" + number
                    + ">3\r\nR1# ");
        });
        for (int i = 0; i < 2; i++) {
            Dialogue.Answer answer = dialogue.command("ip route", PATIENCE);
            assertThat(answer.text()).isEqualTo("one\ntwo\t2");
            assertThat(answer.status()).isEqualTo(3);
        }
    }

    @Test
    void commandWithoutOutputOrLineEndIsFine() throws Exception {
        guest((line, number) -> hear(line + "\r\n@" + number + "<\r\n" + (number == 1 ? "" : "tail") + "@" + number
                + ">0\r\n"));
        assertThat(dialogue.command("true", PATIENCE).text()).isEmpty();
        assertThat(dialogue.command("printf tail", PATIENCE).text()).isEqualTo("tail");
    }

    @Test
    void silentGuestIsNamedWithWhatItPrinted() {
        guest((line, number) -> hear(line + "\r\nhalf an answ"));
        assertThatThrownBy(() -> dialogue.command("ip route", Duration.ofMillis(50)))
                .isInstanceOf(DialogueException.class)
                .hasMessageContaining("R1 does not answer 'ip route'");
    }

    @Test
    void hangingUpEndsTheWait() {
        guest((line, number) -> dialogue.hangUp());
        assertThatThrownBy(() -> dialogue.command("sleep 100", PATIENCE)).isInstanceOf(DialogueException.class)
                .hasMessageContaining("interrupted");
    }

    @Test
    void endlessOutputNeedsNoEndlessMemory() throws Exception {
        guest((line, number) -> {
            hear(line + "\r\n@" + number + "<\r\n");
            for (int i = 0; i < 20_000; i++) {
                hear("a line of output that nobody wants to see\r\n");
            }
            hear("last");
            dialogue.hangUp();
        });
        assertThatThrownBy(() -> dialogue.command("yes", PATIENCE)).isInstanceOf(DialogueException.class);
        assertThat(dialogue.lastLine()).startsWith("a line");
    }
}
