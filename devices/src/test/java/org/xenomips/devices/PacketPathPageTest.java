package org.xenomips.devices;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.xenomips.devices.nic.PacketPath.Step;

/** {@code docs/packet-path.md} speaks of classes, methods and counters that exist. */
class PacketPathPageTest {
    /** A package, a class, perhaps nested ones, perhaps a method. */
    private static final Pattern CLASS = Pattern
            .compile("`((?:[a-z][a-z0-9]*\\.)+[A-Z]\\w*(?:\\.[A-Z]\\w*)*)(?:\\.([a-z]\\w*))?`");
    private static final Pattern STEP = Pattern.compile("`([RT]X_[A-Z_]+)`");

    private static String page() throws IOException {
        Path directory = Path.of("").toAbsolutePath();
        while (directory != null && !Files.isDirectory(directory.resolve(".mvn"))) {
            directory = directory.getParent();
        }
        assertThat(directory).as("top of the source tree").isNotNull();
        return Files.readString(directory.resolve("docs/packet-path.md"));
    }

    @Test
    void everyClassAndMethodExists() throws IOException {
        List<String> wrong = new ArrayList<>();
        List<MatchResult> names = CLASS.matcher(page()).results().toList();
        for (MatchResult name : names) {
            String method = name.group(2);
            Class<?> type = find(name.group(1));
            if (type == null || method != null && !has(type, method)) {
                wrong.add(name.group());
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(names).as("names found in the page").hasSizeGreaterThan(50);
    }

    private static @org.jspecify.annotations.Nullable Class<?> find(String name) {
        String binary = "org.xenomips." + name.replaceAll("(?<=[A-Z]\\w{0,80})\\.", "\\$");
        try {
            return Class.forName(binary, false, PacketPathPageTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    private static boolean has(Class<?> type, String method) {
        return Arrays.stream(type.getDeclaredMethods()).map(Method::getName).anyMatch(method::equals);
    }

    @Test
    void everyStepOfAControllerIsExplained() throws IOException {
        assertThat(STEP.matcher(page()).results().map(step -> step.group(1)).distinct())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Step.values()).map(Step::name).toList());
    }
}
