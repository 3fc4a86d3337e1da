package org.xenomips.cpu.interpreter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.xenomips.cpu.Cpu;
import org.xenomips.cpu.Executes;
import org.xenomips.isa.Op;
import org.xenomips.isa.Operand;
import org.xenomips.isa.Trait;

/** The methods that say what instructions do, as the generator needs them. */
final class Meanings {
    private final Map<Op, Method> methods = new EnumMap<>(Op.class);

    Meanings() {
        for (Class<?> type : semanticsClasses()) {
            for (Method method : type.getMethods()) {
                Executes executes = method.getAnnotation(Executes.class);
                if (executes != null && Modifier.isStatic(method.getModifiers())) {
                    for (Op op : executes.value()) {
                        if (methods.put(op, method) != null) {
                            throw new IllegalStateException(op + " has two meanings");
                        }
                    }
                }
            }
        }
    }

    boolean has(Op op) {
        return methods.containsKey(op);
    }

    Method of(Op op) {
        Method method = methods.get(op);
        if (method == null) {
            throw new IllegalStateException(op + " has no meaning");
        }
        return method;
    }

    /** Name of the class with the meaning of {@code op}. */
    String owner(Op op) {
        return of(op).getDeclaringClass().getSimpleName();
    }

    boolean isVoid(Op op) {
        return of(op).getReturnType() == void.class;
    }

    /** The call of the meaning of {@code op}; {@code registers} is the expression for the array of general registers. */
    String call(Op op, String registers) {
        Method method = of(op);
        var text = new StringBuilder(owner(op)).append('.').append(method.getName()).append('(');
        String separator = "";
        for (Parameter parameter : method.getParameters()) {
            text.append(separator).append(argument(op, parameter, registers));
            separator = ", ";
        }
        return text.append(')').toString();
    }

    private static String argument(Op op, Parameter parameter, String registers) {
        if (parameter.getType() == Cpu.class) {
            return "cpu";
        }
        Operand operand = op.operand(parameter.getName());
        if (operand == null) {
            throw new IllegalStateException(op + " has no operand for parameter " + parameter);
        }
        String field = field(operand);
        return operand.kind() == Operand.Kind.GPR && parameter.getType() == long.class
                ? registers + "[" + field + "]"
                : field;
    }

    /** The expression for the number in the field of {@code operand} in {@code word}. */
    static String field(Operand operand) {
        if (operand.isSigned()) {
            return "(short) word";
        }
        String mask = operand.width() > 9
                ? "0x" + Integer.toHexString((1 << operand.width()) - 1)
                : Integer.toString((1 << operand.width()) - 1);
        return operand.low() == 0 ? "word & " + mask : "word >>> " + operand.low() + " & " + mask;
    }

    /** True for instructions that only compute: no exception, no memory, no control transfer. */
    static boolean isArithmetic(Op op) {
        return Stream.of(Trait.BRANCH, Trait.JUMP, Trait.MAY_TRAP, Trait.LOAD, Trait.STORE, Trait.COP0, Trait.COP1,
                Trait.COP2, Trait.ENDS_BLOCK, Trait.TRAP).noneMatch(op::has);
    }

    private static List<Class<?>> semanticsClasses() {
        try {
            Path classes = Path.of(Cpu.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            try (Stream<Path> files = Files.list(classes.resolve("org/xenomips/cpu"))) {
                return files.map(file -> file.getFileName().toString())
                        .filter(name -> name.matches("Semantics\\w+\\.class"))
                        .sorted()
                        .<Class<?>>map(Meanings::load)
                        .toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Class<?> load(String file) {
        try {
            return Class.forName("org.xenomips.cpu." + file.replace(".class", ""));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
