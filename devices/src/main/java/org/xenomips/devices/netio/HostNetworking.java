package org.xenomips.devices.netio;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.xenomips.net.FramePort;
import org.xenomips.net.HostServices;

/** Interface lists and captures, as the command line asks for them. */
public final class HostNetworking implements HostServices {
    @Override
    public List<String> interfaces() {
        return HostInterfaces.list().stream().map(HostInterface::line).toList();
    }

    @Override
    public FramePort capture(FramePort port, Path file) throws IOException {
        return CapturePort.wrap(port, file);
    }
}
