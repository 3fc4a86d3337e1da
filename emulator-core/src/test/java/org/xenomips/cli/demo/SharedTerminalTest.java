package org.xenomips.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.xenomips.machine.ConsoleEnd.Keyboard;

class SharedTerminalTest {
    private final SharedTerminal terminal = new SharedTerminal();
    private final Guest first = new Guest("R1");
    private final Guest second = new Guest("R2");
    private final PipedOutputStream keys = new PipedOutputStream();
    private final StringBuilder screen = new StringBuilder();
    private final CountDownLatch inputEnded = new CountDownLatch(1);

    private final class Guest implements Keyboard {
        private final SharedTerminal.Line line;
        private final StringBuilder pressed = new StringBuilder();

        Guest(String name) {
            line = terminal.line(name);
            line.opened(this);
        }

        @Override
        public synchronized void press(byte[] bytes, int length) {
            pressed.append(new String(bytes, 0, length, StandardCharsets.ISO_8859_1));
            notifyAll();
        }

        @Override
        public void type(byte[] characters) {
            print(line, "prompt ");
        }

        synchronized void awaitPressed(String wanted) throws InterruptedException {
            long end = System.nanoTime() + 20_000_000_000L;
            while (!pressed.toString().equals(wanted)) {
                assertThat(System.nanoTime()).as(pressed.toString()).isLessThan(end);
                wait(100);
            }
        }
    }

    private static void print(SharedTerminal.Line line, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        line.printed(bytes, bytes.length);
    }

    private void open() throws IOException {
        PrintStream out = new PrintStream(new java.io.OutputStream() {
            @Override
            public void write(int b) {
                synchronized (screen) {
                    screen.append((char) b);
                }
            }
        }, true, StandardCharsets.ISO_8859_1);
        terminal.open(new PipedInputStream(keys), out, inputEnded::countDown);
    }

    private String screen() throws InterruptedException {
        terminal.flush();
        synchronized (screen) {
            return screen.toString();
        }
    }

    @Test
    void routerInViewIsSeenAndTheOtherKeptUntilItIs() throws Exception {
        print(first.line, "before");
        open();
        assertThat(screen()).isEqualTo("\r\n[R1]\r\nprompt ");
        print(second.line, "hidden ");
        print(first.line, "seen ");
        assertThat(screen()).isEqualTo("\r\n[R1]\r\nprompt seen ");
        terminal.showNext();
        assertThat(screen()).endsWith("seen \r\n[R2]\r\nhidden prompt ");
        terminal.showNext();
        assertThat(screen()).endsWith("\r\n[R1]\r\nprompt ");
    }

    @Test
    void keysReachTheRouterInView() throws Exception {
        open();
        keys.write('a');
        keys.flush();
        first.awaitPressed("a");
        terminal.show(1);
        keys.write('b');
        keys.flush();
        second.awaitPressed("b");
        first.awaitPressed("a");
        keys.close();
        assertThat(inputEnded.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void onlyTheLatestOutputOfAHiddenRouterIsKept() throws Exception {
        open();
        for (int i = 0; i < 10_000; i++) {
            print(second.line, "line " + i + "\n");
        }
        terminal.show(1);
        assertThat(screen()).contains("line 9999\n").doesNotContain("line 99\n").hasSizeLessThan(70_000);
    }
}
