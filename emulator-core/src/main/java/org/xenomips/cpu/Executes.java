package org.xenomips.cpu;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.xenomips.isa.Op;

/**
 * Binds a public static method of a {@code Semantics*} class to the instructions whose meaning it is. Interpreter and compiler are
 * generated from these methods' signatures:
 *
 * <ul>
 * <li>A parameter is named after an operand of the syntax. {@code long} with the name of a general register operand: the
 * register's value. {@code int} with the name of a register operand: the register's number. {@code long simm} and
 * {@code int uimm, sa, sel, ...}: the field as {@link org.xenomips.isa.Operand#get} reads it.
 * <li>A first parameter {@code Cpu cpu} when state is touched or an exception can be raised.
 * <li>A {@code boolean} result of a {@link org.xenomips.isa.Trait#BRANCH} tells whether it is taken; delay slots, links and targets
 * are the engine's. Instructions with {@link org.xenomips.isa.Trait#JUMP} need no method.
 * <li>Any other result is the new value of {@link org.xenomips.isa.Op#destination}, a general register.
 * <li>An exception is thrown as {@code throw cpu.raise(code)}, before anything is changed; the engine knows the exact pc. Checks that
 * the traits {@code COP0}, {@code COP1} and {@code DOUBLEWORD} stand for are the engine's.
 * </ul>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Executes {
    /** The instructions; more than one when they differ only in what the engine does. */
    Op[] value();
}
