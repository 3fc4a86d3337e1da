package org.xenomips.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenomips.net.Namespaces;

/**
 * A router that stood still for a while, as in a domain that is saved, moved or paused: it goes on where it stood, its TCP console with it;
 * and links whose interface went away come back with it.
 */
class TimeJumpIT {
    private static final int PAUSE_SECONDS = 6;
    private static final Pattern UPTIME = Pattern.compile("Up ([0-9]+) seconds");

    @TempDir
    Path directory;

    /** A client of the console's TCP port. */
    private static final class Client implements AutoCloseable {
        private final Socket socket;
        private final InputStream in;

        Client(int port) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(30_000);
            in = socket.getInputStream();
        }

        /** Types a line; what comes back up to {@code end}. */
        String answer(String line, String end) throws IOException {
            socket.getOutputStream().write((line + "\r").getBytes(StandardCharsets.ISO_8859_1));
            StringBuilder text = new StringBuilder();
            while (text.indexOf(end) < 0) {
                int c = in.read();
                if (c < 0) {
                    throw new IOException("the console hung up after: " + text);
                }
                text.append((char) c);
            }
            return text.toString();
        }

        /** Seconds of guest time since the guest's start. */
        long uptime() throws IOException {
            Matcher up = UPTIME.matcher(answer("show version", "seconds,"));
            assertThat(up.find()).isTrue();
            return Long.parseLong(up.group(1));
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void pausedRouterGoesOnWhereItStood() throws Exception {
        int port = freePort();
        try (Program router = Program.start(directory, "builtin:forwarder", "-T", Integer.toString(port), "-m",
                "02:00:00:00:72:00")) {
            router.await("starting simulation");
            try (Client console = new Client(port)) {
                console.answer("", "forwarder>");
                long uptime = console.uptime();
                long running = System.nanoTime();

                router.signal("STOP");
                Thread.sleep(PAUSE_SECONDS * 1000);
                router.signal("CONT");

                Duration processorTime = router.handle().info().totalCpuDuration().orElseThrow();
                long elapsed = console.uptime() - uptime;
                long others = (System.nanoTime() - running) / 1_000_000_000L - PAUSE_SECONDS;
                assertThat(elapsed).as("seconds of guest time; of the host's without the pause %d", others)
                        .isLessThanOrEqualTo(others + 2);
                // A storm of timer interrupts would keep the processor busy.
                Thread.sleep(1000);
                assertThat(router.handle().info().totalCpuDuration().orElseThrow().minus(processorTime))
                        .isLessThan(Duration.ofMillis(900));
                // And time goes on.
                long then = console.uptime();
                Thread.sleep(2000);
                assertThat(console.uptime()).isGreaterThan(then);
                console.answer("poweroff", "\n");
            }
            assertThat(router.exitStatus()).as(router.output()).isZero();
        }
    }

    @Test
    void linksOfPausedRouterAreThereAgain() throws Exception {
        try (NetworkLab lab = new NetworkLab(directory, "linux_eth")) {
            NetworkLab.ping(lab.hosts.get(0), NetworkLab.address(1));
            lab.router.signal("STOP");
            Thread.sleep(3000);
            lab.router.signal("CONT");
            NetworkLab.ping(lab.hosts.get(0), NetworkLab.address(1));
        }
    }

    @Test
    void linkComesBackWithItsInterface() throws Exception {
        try (NetworkLab lab = new NetworkLab(directory, "linux_eth")) {
            String host = lab.hosts.getFirst();
            NetworkLab.ping(host, NetworkLab.gateway(0));
            Namespaces.ip(host, "link del e0");
            lab.awaitLink("line protocol is down");
            Namespaces.connect(host, "e0", lab.middle, "eth1");
            NetworkLab.giveAddress(host, "e0", 0);
            lab.awaitLink("line protocol is up");
            NetworkLab.ping(host, NetworkLab.gateway(0));
        }
    }
}
