package org.xenomips.cpu.interpreter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.CodeAttribute;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The generated sources are current, and HotSpot will compile them. */
class GeneratedDispatchTest {
    /** HotSpot leaves longer methods to its own interpreter for ever. */
    private static final int HUGE_METHOD = 8000;

    private static final Path SOURCES = Stream.of("", "emulator-core")
            .map(top -> Path.of(top, "src/main/java/org/xenomips/cpu/interpreter"))
            .filter(Files::isDirectory)
            .findFirst()
            .orElseThrow();

    @Test
    void checkedInSourcesAreWhatTheGeneratorWrites() throws IOException {
        for (var file : new DispatchGenerator().files().entrySet()) {
            assertThat(Files.readString(SOURCES.resolve(file.getKey())))
                    .as("%s is out of date: run DispatchGenerator.main with the directory %s", file.getKey(), SOURCES)
                    .isEqualTo(file.getValue());
        }
    }

    @ParameterizedTest
    @ValueSource(classes = { HotLoop.class, Executor.class, InterpreterEngine.class })
    void everyMethodIsShortEnoughToBeCompiled(Class<?> type) throws IOException {
        try (InputStream in = type.getResourceAsStream(type.getSimpleName() + ".class")) {
            assertThat(in).isNotNull();
            for (var method : ClassFile.of().parse(in.readAllBytes()).methods()) {
                method.code()
                        .ifPresent(code -> assertThat(((CodeAttribute) code).codeLength())
                                .as("bytecode of %s", method.methodName())
                                .isLessThan(HUGE_METHOD));
            }
        }
    }
}
