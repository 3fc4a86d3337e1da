package org.xenomips.cli.router;

import java.util.Comparator;
import java.util.List;
import org.xenomips.machine.ConfigurationException;
import org.xenomips.machine.PlatformFactory;
import org.xenomips.net.PortFactory;

/** The lists a user can ask for. */
final class Listings {
    private Listings() {}

    /** One line per interface of the host. */
    static List<String> interfaces() throws ConfigurationException {
        return Plugins.hostServices().interfaces();
    }

    /** Boards, cards, built-in images, connection types and engines. */
    static String hardware() {
        StringBuilder text = new StringBuilder();
        for (PlatformFactory platform : Plugins.platforms()) {
            text.append("Platform ").append(platform.name()).append("\n\n").append(platform.catalogue()).append('\n');
            text.append("Built-in images; without an image the first one is started\n");
            platform.builtInGuests()
                    .forEach(guest -> text
                            .append("  %-38s %s%n".formatted(RouterCommand.BUILT_IN + guest.name(),
                                    guest.description())));
            text.append('\n');
        }
        text.append("Connection types (-s SLOT:PORT:TYPE[:PARAMETERS])\n");
        Plugins.ports().stream().sorted(Comparator.comparing(PortFactory::type)).forEach(port -> {
            String usage = port.parameters().isEmpty() ? port.type() : port.type() + ":" + port.parameters();
            text.append("  %-38s %s%n".formatted(usage, port.description()));
        });
        text.append("\nEngines (--engine)\n");
        Plugins.engines().forEach(engine -> text.append("  ").append(engine.name()).append('\n'));
        return text.toString();
    }
}
