package org.xenomips.devices.platform;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.xenomips.devices.adapter.CardType;
import org.xenomips.machine.ConfigurationException;
import org.xenomips.machine.Machine;
import org.xenomips.machine.MachineConfig;
import org.xenomips.machine.Platform;
import org.xenomips.machine.PlatformFactory;

/** Builds Cisco 7200 boards; registered for {@link java.util.ServiceLoader}. */
public final class C7200PlatformFactory implements PlatformFactory {

    @Override
    public String name() {
        return "7200";
    }

    @Override
    public BoardProcessor processor(MachineConfig config) throws ConfigurationException {
        Npe npe = Npe.named(config.npe);
        return new BoardProcessor(npe.cpu(), npe.hertz());
    }

    @Override
    public void checkCard(int slot, String card) throws ConfigurationException {
        CardType.named(card).requireFits(slot);
    }

    @Override
    public Platform create(Machine machine, MachineConfig config) throws ConfigurationException {
        return new C7200(machine, config, machine.cpu()::interruptLine);
    }

    @Override
    public List<BuiltInGuest> builtInGuests() {
        return Arrays.stream(Guest.values()).map(Guest::entry).toList();
    }

    @Override
    public String catalogue() {
        String npes = Arrays.stream(Npe.values())
                .map(npe -> "  %-14s %s at %d MHz, RAM up to %d MB\n".formatted(npe.cliName(), npe.cpu(),
                        npe.hertz() / 1_000_000, npe.maxRamMb()))
                .collect(Collectors.joining());
        String midplanes = Arrays.stream(Midplane.values())
                .map(midplane -> "  " + midplane.cliName() + "\n")
                .collect(Collectors.joining());
        String cards = Arrays.stream(CardType.values())
                .map(card -> "  " + card.catalogueLine() + "\n")
                .collect(Collectors.joining());
        return "Processor cards (-t)\n%sMidplanes (-M)\n%sI/O cards and port adapters (-p SLOT:CARD)\n%s".formatted(
                npes,
                midplanes, cards);
    }
}
