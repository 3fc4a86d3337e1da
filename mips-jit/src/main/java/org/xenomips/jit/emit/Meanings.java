package org.xenomips.jit.emit;

import java.lang.reflect.Method;
import java.util.EnumMap;
import java.util.Map;
import org.xenomips.cpu.Executes;
import org.xenomips.cpu.SemanticsFpuArithmetic;
import org.xenomips.cpu.SemanticsFpuConvert;
import org.xenomips.cpu.SemanticsFpuMove;
import org.xenomips.isa.Op;

/** The methods that say what instructions do, of those instructions that have no code of their own in a unit but a call. */
final class Meanings {
    private static final Map<Op, Method> METHODS = new EnumMap<>(Op.class);

    static {
        for (Class<?> type : new Class<?>[]{ SemanticsFpuArithmetic.class, SemanticsFpuConvert.class,
                SemanticsFpuMove.class }) {
            for (Method method : type.getMethods()) {
                Executes executes = method.getAnnotation(Executes.class);
                if (executes != null) {
                    for (Op op : executes.value()) {
                        METHODS.put(op, method);
                    }
                }
            }
        }
    }

    private Meanings() {}

    /** The meaning of {@code op}. */
    static Method of(Op op) {
        Method method = METHODS.get(op);
        if (method == null) {
            throw new IllegalStateException("no code for " + op);
        }
        return method;
    }
}
