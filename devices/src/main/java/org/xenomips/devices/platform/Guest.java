package org.xenomips.devices.platform;

import java.io.InputStream;
import java.util.Locale;
import java.util.Objects;
import org.xenomips.machine.PlatformFactory.BuiltInGuest;

/** The images that come with the boards, the usual one first. */
enum Guest {
    ROUTER("router.zip", "open router: Linux with OSPF, 32 bits"), //
    ROUTER64("router64.zip", "the same with a 64-bit kernel"), //
    FORWARDER("forwarder.elf", "small IPv4 forwarder without a system");

    private final String resource;
    private final String description;

    Guest(String resource, String description) {
        this.resource = resource;
        this.description = description;
    }

    /** What users see of it. */
    BuiltInGuest entry() {
        return new BuiltInGuest(name().toLowerCase(Locale.ROOT), description, this::open);
    }

    private InputStream open() {
        return Objects.requireNonNull(Guest.class.getResourceAsStream(resource), resource);
    }
}
