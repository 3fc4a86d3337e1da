package org.xenomips.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.xenomips.isa.Op;
import org.xenomips.isa.Operand;
import org.xenomips.isa.Trait;

/** The rules of {@link Executes}, on which the generators rely. */
class ExecutesTest {
    private final Map<Op, List<Method>> meanings = meanings();

    @Test
    void everyInstructionButTheJumpsHasOneMeaning() {
        for (Op op : Op.values()) {
            assertThat(meanings.getOrDefault(op, List.of())).as("%s", op).hasSize(op.has(Trait.JUMP) ? 0 : 1);
        }
    }

    @Test
    void meaningsArePublicStaticMethodsOfPublicClasses() {
        forEach((op, method) -> {
            assertThat(Modifier.isStatic(method.getModifiers())).as("%s", method).isTrue();
            assertThat(Modifier.isPublic(method.getModifiers())).as("%s", method).isTrue();
            assertThat(Modifier.isPublic(method.getDeclaringClass().getModifiers())).as("%s", method).isTrue();
        });
    }

    @Test
    void parametersAreTheOperands() {
        forEach((op, method) -> {
            Parameter[] parameters = method.getParameters();
            for (int i = 0; i < parameters.length; i++) {
                Class<?> type = parameters[i].getType();
                if (type == Cpu.class) {
                    assertThat(i).as("%s: position of the processor", method).isZero();
                    continue;
                }
                Operand operand = op.operand(parameters[i].getName());
                assertThat(operand).as("%s: operand %s of %s", method, parameters[i], op).isNotNull();
                boolean wide = operand == Operand.SIMM || operand != null && operand.kind() == Operand.Kind.GPR;
                assertThat(type == int.class || type == long.class && wide).as("%s: type of %s", method, parameters[i])
                        .isTrue();
            }
        });
    }

    @Test
    void resultsFitTheInstruction() {
        forEach((op, method) -> {
            Class<?> type = method.getReturnType();
            assertThat(type == boolean.class).as("%s: branches and only they decide", method)
                    .isEqualTo(op.has(Trait.BRANCH));
            Operand destination = op.destination();
            boolean general = destination != null && destination.kind() == Operand.Kind.GPR;
            assertThat(type == long.class).as("%s: general registers are written by returning the value", method)
                    .isEqualTo(general && !op.has(Trait.BRANCH));
            assertThat(type == void.class || type == boolean.class || type == long.class).as("%s", method).isTrue();
        });
    }

    @Test
    void oldValueOfTheDestinationIsReadOnlyWhereTheTableSaysSo() {
        forEach((op, method) -> {
            Operand destination = op.destination();
            boolean reads = Stream.of(method.getParameters())
                    .anyMatch(parameter -> parameter.getType() == long.class && destination != null
                            && parameter.getName().equals(destination.text()));
            assertThat(!reads || op.has(Trait.READS_DESTINATION) || op.has(Trait.TO_COPROCESSOR)).as("%s", method)
                    .isTrue();
        });
    }

    private interface Check {
        void of(Op op, Method method);
    }

    private void forEach(Check check) {
        assertThat(meanings).isNotEmpty();
        meanings.forEach((op, methods) -> check.of(op, methods.getFirst()));
    }

    private static Map<Op, List<Method>> meanings() {
        var meanings = new EnumMap<Op, List<Method>>(Op.class);
        try {
            Path classes = Path.of(Cpu.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            try (Stream<Path> files = Files.list(classes.resolve("org/xenomips/cpu"))) {
                for (Path file : files.filter(path -> path.getFileName().toString().matches("Semantics\\w+\\.class"))
                        .toList()) {
                    String name = file.getFileName().toString().replace(".class", "");
                    for (Method method : Class.forName("org.xenomips.cpu." + name).getDeclaredMethods()) {
                        Executes executes = method.getAnnotation(Executes.class);
                        if (executes != null) {
                            for (Op op : executes.value()) {
                                meanings.computeIfAbsent(op, ignored -> new ArrayList<>()).add(method);
                            }
                        }
                    }
                }
            }
        } catch (IOException | URISyntaxException | ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
        return meanings;
    }
}
