package org.xenomips.cli.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xenomips.cli.demo.DemoRouter.Lan;
import org.xenomips.cli.router.GeneralLog;
import org.xenomips.cli.router.Plugins;
import org.xenomips.cli.router.ProcessAge;
import org.xenomips.cli.router.SignalHook;
import org.xenomips.cli.router.Values;
import org.xenomips.image.ImageException;
import org.xenomips.machine.ConfigurationException;
import org.xenomips.machine.Machine.StopReason;
import org.xenomips.machine.MachineConfig.MonitorKey;
import org.xenomips.net.Cable;
import org.xenomips.net.FramePort;

/**
 * {@code xenomips demo}: two routers in this process, from the start to the last console.
 *
 * <p>Threads: the main one goes through the steps; the routers' threads and the signal hook wake it up.
 */
final class Demo {
    private static final long LOOK_MS = 200;
    private static final long ASK_MS = 1000;

    private final DemoCommand options;
    private final StatusLine status = StatusLine.standard();
    private final SharedTerminal terminal = new SharedTerminal();
    private final List<DemoRouter> routers = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private @Nullable DemoHost host;
    private int running;
    private boolean ending;

    Demo(DemoCommand options) {
        this.options = options;
    }

    /** The exit status. */
    int run() throws Exception {
        SignalHook hook = SignalHook.install(this::endBySignal);
        int result = 2;
        try {
            result = steps();
        } catch (ConfigurationException | ImageException | DialogueException | IOException e) {
            status.print("");
            System.out.flush();
            System.err.println(e.getMessage());
            result = 1;
        } finally {
            close();
        }
        System.out.flush();
        if (hook.remove()) {
            Runtime.getRuntime().halt(result);
        }
        return result;
    }

    private int steps() throws Exception {
        int seconds = Values.number("--timeout", options.timeout, 1, 86_400);
        build();
        start();
        awaitPrompts(seconds);
        long limit = System.nanoTime() + seconds * 1_000_000_000L;
        awaitNeighbours(limit, seconds);
        showRoutes(limit);
        showPings();
        if (!options.noConsole) {
            giveConsole();
        }
        return 0;
    }

    private void build() throws ConfigurationException, ImageException, IOException {
        Path directory = directory();
        opened.add(GeneralLog.open(directory.resolve("dynamips_log.txt"), false));
        Cable cable = new Cable("cable to R2", "cable to R1");
        FramePort near;
        FramePort far;
        if (options.host) {
            DemoHost made = new DemoHost();
            host = made;
            opened.add(made);
            near = made.near();
            far = made.far();
        } else {
            near = Plugins.port("null").open(List.of());
            far = Plugins.port("null").open(List.of());
        }
        Map<Character, MonitorKey> keys = new TreeMap<>();
        keys.put('1', new MonitorKey("the console of R1", () -> terminal.show(0)));
        keys.put('2', new MonitorKey("the console of R2", () -> terminal.show(1)));
        keys.put('n', new MonitorKey("the next router's console", terminal::showNext));
        keys.put('q', new MonitorKey("end the demo", this::end));
        addRouter(1, directory, near, cable.first(), keys);
        addRouter(2, directory, far, cable.second(), keys);
    }

    private void addRouter(int number, Path directory, FramePort lan, FramePort link, Map<Character, MonitorKey> keys)
            throws ConfigurationException, ImageException, IOException {
        DemoRouter router = new DemoRouter(options, number, directory, terminal, lan, link, keys);
        opened.add(router);
        routers.add(router);
        if (router.wasConfigured()) {
            status.print(router.name() + " continues with the configuration stored in " + directory);
        }
    }

    /** The directory of the routers' files, made if it does not exist; a temporary one is removed at the end. */
    private Path directory() throws ConfigurationException {
        Path named = options.directory;
        try {
            if (named != null) {
                return Files.createDirectories(named.toAbsolutePath());
            }
            Path temporary = Files.createTempDirectory("xenomips-demo");
            opened.add(() -> deleteAll(temporary));
            return temporary;
        } catch (IOException e) {
            throw new ConfigurationException("the demo needs a directory it can write to" + (named == null
                    ? "; name one with --dir: "
                    : ", which " + named + " is not: ") + e.getMessage(), e);
        }
    }

    private static void deleteAll(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void start() {
        status.print("%s starts: LAN %s - R1 - %s - R2 - LAN %s".formatted(options.image,
                Lan.FIRST.network(), DemoRouter.LINK, Lan.SECOND.network()));
        for (DemoRouter router : routers) {
            synchronized (this) {
                running++;
            }
            router.machine().start();
            Thread.ofPlatform().daemon().name("end-of-" + router.name()).start(() -> awaitEnd(router));
        }
    }

    private void awaitEnd(DemoRouter router) {
        try {
            router.machine().awaitEnd();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        router.dialogue().hangUp();
        synchronized (this) {
            running--;
            notifyAll();
        }
        Throwable failure = router.machine().failure();
        if (failure != null) {
            System.err.println("The emulator failed; this is a defect. Please report it with these lines:");
            failure.printStackTrace();
        }
        if (!isEnding()) {
            terminal.say(router.name() + " has been switched off");
            terminal.showNext();
        }
    }

    private void awaitPrompts(int seconds) throws DialogueException, InterruptedException {
        long limit = System.nanoTime() + seconds * 1_000_000_000L;
        while (routers.stream().anyMatch(router -> router.dialogue().promptNs().isEmpty())) {
            status.show(ProcessAge.seconds(), routers.stream()
                    .map(router -> router.name()
                            + (router.dialogue().promptNs().isEmpty() ? " is booting" : " is up"))
                    .collect(Collectors.joining(", ")));
            DemoRouter late = routers.stream()
                    .filter(router -> router.dialogue().promptNs().isEmpty())
                    .findFirst()
                    .orElseThrow();
            failAfter(limit, "%s has not come to its prompt within %d s; its last line: %s".formatted(late.name(),
                    seconds, late.dialogue().lastLine()));
            pause(LOOK_MS);
        }
        status.print("Time to prompt: " + routers.stream().map(Demo::timeToPrompt).collect(Collectors.joining(", ")));
    }

    private static String timeToPrompt(DemoRouter router) {
        OptionalLong when = router.dialogue().promptNs();
        return String.format(Locale.ROOT, "%s %.1f s", router.name(), ProcessAge.secondsAt(when.orElseThrow()));
    }

    private void awaitNeighbours(long limit, int seconds) throws DialogueException, InterruptedException {
        boolean full = false;
        while (!full) {
            full = true;
            List<String> states = new ArrayList<>();
            for (DemoRouter router : routers) {
                String state = router.neighbourState();
                full &= DemoRouter.isFull(state);
                states.add(router.name() + " " + state);
            }
            String all = "OSPF: " + String.join(", ", states);
            status.show(ProcessAge.seconds(), all);
            if (!full) {
                failAfter(limit, "not Full within " + seconds + " s. " + all);
                pause(ASK_MS);
            }
        }
        status.print(String.format(Locale.ROOT, "OSPF: both neighbours Full after %.1f s", ProcessAge.seconds()));
    }

    /** The routes follow the neighbours after a moment. */
    private void showRoutes(long limit) throws DialogueException, InterruptedException {
        for (int i = 0; i < routers.size(); i++) {
            DemoRouter router = routers.get(i);
            String wanted = routers.get(routers.size() - 1 - i).lan().network();
            String routes = router.routes();
            while (!routes.contains(wanted)) {
                status.show(ProcessAge.seconds(), router.name() + " waits for the route to " + wanted);
                failAfter(limit, router.name() + " has not learnt the route to " + wanted + "; it has\n" + routes);
                pause(LOOK_MS);
                routes = router.routes();
            }
            status.print("\n" + router.name() + ": routing table\n" + routes.indent(2).stripTrailing());
        }
    }

    private void showPings() throws DialogueException, InterruptedException, ConfigurationException {
        DemoRouter from = routers.getFirst();
        String address = routers.getLast().lan().gateway();
        status.show(ProcessAge.seconds(), from.name() + " pings " + address);
        Dialogue.Answer answer = from.ping(address);
        status.print("\n" + from.name() + ": ping from LAN to LAN\n" + answer.text().indent(2).stripTrailing());
        if (answer.status() != 0) {
            throw new DialogueException(from.name() + " cannot reach " + address);
        }
        DemoHost attached = host;
        if (attached != null) {
            status.show(ProcessAge.seconds(), "this host pings " + Lan.SECOND.host());
            status.print("\nThis host: ping through both routers\n" + attached.ping().indent(2).stripTrailing());
            status.print("\nTry it from another terminal: ping " + Lan.SECOND.host());
        }
    }

    private void giveConsole() throws ConfigurationException, InterruptedException {
        status.print("\nCtrl-] 1, 2 or n changes the router, Ctrl-] q ends the demo, Ctrl-] ? lists more.");
        Runnable restore = Plugins.hostTerminal().takeKeys();
        try {
            PrintStream screen = System.out;
            terminal.open(System.in, screen, this::endWhenQuiet);
            synchronized (this) {
                while (!ending && running > 0) {
                    wait();
                }
            }
            terminal.flush();
        } finally {
            restore.run();
        }
        status.print("");
    }

    /** Nobody can type any more: ends when the answers to what was typed have been shown. */
    private void endWhenQuiet() {
        try {
            terminal.awaitQuiet(1000, 10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        end();
    }

    private synchronized void end() {
        ending = true;
        notifyAll();
    }

    private synchronized boolean isEnding() {
        return ending;
    }

    /** Runs in the shutdown hook: wakes the main thread up, which ends in an orderly way. */
    private void endBySignal() {
        end();
        routers.forEach(router -> router.dialogue().hangUp());
    }

    private void failAfter(long limit, String message) throws DialogueException {
        if (System.nanoTime() > limit) {
            throw new DialogueException(message);
        }
    }

    /** Waits unless the demo is to end or a router has, which nobody wants before everything has been shown. */
    private synchronized void pause(long milliseconds) throws DialogueException, InterruptedException {
        long end = System.nanoTime() + milliseconds * 1_000_000;
        for (long left = end - System.nanoTime(); left > 0 && !ending && running == routers.size(); left = end
                - System.nanoTime()) {
            wait(left / 1_000_000 + 1);
        }
        if (ending) {
            throw new DialogueException("The demo was interrupted.");
        }
        if (running < routers.size()) {
            throw new DialogueException("A router has ended early.");
        }
    }

    private void close() {
        end();
        for (DemoRouter router : routers) {
            router.machine().requestStop(StopReason.USER);
        }
        synchronized (this) {
            while (running > 0) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
        for (AutoCloseable resource : opened.reversed()) {
            try {
                resource.close();
            } catch (Exception e) {
                System.err.println("cleaning up: " + e.getMessage());
            }
        }
    }
}
