/* A stack machine's interpreter, one big switch, running a sieve and the 3n+1 sequence. */
#include "bench.h"

enum op { HALT, PUSH, LOAD, STORE, ADD, SUB, MUL, AND, SHR, XOR, LESS, JUMP, JUMP_ZERO, DUP, DROP, GET, PUT };

#define LIMIT 2000
#define NUMBERS 150
#define ROUNDS 28u

enum local { COUNT, I, J };

const char program_name[] = "bytecode";

static s32 code[256];
static u32 length;
static u32 sieve, sequence;
static s32 stack[64];
static s32 locals[4];
static s32 memory[LIMIT];

static NOINLINE s32 run(const s32 *pc)
{
	s32 *sp = stack;
	s32 a;

	for (;;)
		switch ((enum op)*pc++) {
		case HALT:
			return sp[-1];
		case PUSH:
			*sp++ = *pc++;
			break;
		case LOAD:
			*sp++ = locals[*pc++];
			break;
		case STORE:
			locals[*pc++] = *--sp;
			break;
		case ADD:
			a = *--sp;
			sp[-1] += a;
			break;
		case SUB:
			a = *--sp;
			sp[-1] -= a;
			break;
		case MUL:
			a = *--sp;
			sp[-1] *= a;
			break;
		case AND:
			a = *--sp;
			sp[-1] &= a;
			break;
		case SHR:
			a = *--sp;
			sp[-1] = (s32)((u32)sp[-1] >> a);
			break;
		case XOR:
			a = *--sp;
			sp[-1] ^= a;
			break;
		case LESS:
			a = *--sp;
			sp[-1] = sp[-1] < a;
			break;
		case JUMP:
			pc = code + *pc;
			break;
		case JUMP_ZERO:
			pc = *--sp ? pc + 1 : code + *pc;
			break;
		case DUP:
			sp[0] = sp[-1];
			sp++;
			break;
		case DROP:
			sp--;
			break;
		case GET:
			sp[-1] = memory[sp[-1]];
			break;
		case PUT:
			sp -= 2;
			memory[sp[1]] = sp[0];
			break;
		}
}

/* --- Writing programs ------------------------------------------------------------------------------------------- */

static void op(enum op name)
{
	code[length++] = (s32)name;
}

/* An instruction with an operand; returns where the operand is. */
static u32 op1(enum op name, s32 operand)
{
	op(name);
	code[length] = operand;
	return length++;
}

static void here(u32 operand)
{
	code[operand] = (s32)length;
}

/* local += value on the stack */
static void add_to(enum local local)
{
	op1(LOAD, local);
	op(ADD);
	op1(STORE, local);
}

/* Jumps if local is not below limit; returns the operand to set. */
static u32 leave_at(enum local local, s32 limit)
{
	op1(LOAD, local);
	op1(PUSH, limit);
	op(LESS);
	return op1(JUMP_ZERO, 0);
}

static void increment(enum local local)
{
	op1(PUSH, 1);
	add_to(local);
}

static void set(enum local local, s32 value)
{
	op1(PUSH, value);
	op1(STORE, local);
}

/* How many primes are there below LIMIT? */
static void write_sieve(void)
{
	u32 loop, inner, end, composite, done;

	sieve = length;
	set(COUNT, 0);
	set(I, 0);
	loop = length;
	end = leave_at(I, LIMIT);
	op1(PUSH, 1);
	op1(LOAD, I);
	op(PUT);
	increment(I);
	op1(JUMP, (s32)loop);
	here(end);
	set(I, 2);
	loop = length;
	end = leave_at(I, LIMIT);
	op1(LOAD, I);
	op(GET);
	composite = op1(JUMP_ZERO, 0);
	increment(COUNT);
	op1(LOAD, I);
	op(DUP);
	op(ADD);
	op1(STORE, J);
	inner = length;
	done = leave_at(J, LIMIT);
	op1(PUSH, 0);
	op1(LOAD, J);
	op(PUT);
	op1(LOAD, I);
	add_to(J);
	op1(JUMP, (s32)inner);
	here(done);
	here(composite);
	increment(I);
	op1(JUMP, (s32)loop);
	here(end);
	op1(LOAD, COUNT);
	op(HALT);
}

/* How many steps do the first numbers need to come down to 1? */
static void write_sequence(void)
{
	u32 loop, inner, end, odd, next, done;

	sequence = length;
	set(COUNT, 0);
	set(I, 1);
	loop = length;
	end = leave_at(I, NUMBERS);
	op1(LOAD, I);
	op1(STORE, J);
	inner = length;
	op1(PUSH, 1);
	op1(LOAD, J);
	op(LESS);
	done = op1(JUMP_ZERO, 0);
	increment(COUNT);
	op1(LOAD, J);
	op1(PUSH, 1);
	op(AND);
	op1(PUSH, 1);
	op(XOR);
	odd = op1(JUMP_ZERO, 0);
	op1(LOAD, J);
	op1(PUSH, 1);
	op(SHR);
	next = op1(JUMP, 0);
	here(odd);
	op1(LOAD, J);
	op1(PUSH, 3);
	op(MUL);
	op1(PUSH, 1);
	op(ADD);
	here(next);
	op1(STORE, J);
	op1(JUMP, (s32)inner);
	here(done);
	increment(I);
	op1(JUMP, (s32)loop);
	here(end);
	op1(LOAD, COUNT);
	op(DUP);
	op1(PUSH, 1);
	op(SUB);
	op(DROP);
	op(HALT);
}

void prepare(void)
{
	write_sieve();
	write_sequence();
}

u32 work(void)
{
	u32 rounds = times(ROUNDS);
	u32 result = 0;

	for (u32 i = 0; i < rounds; i++)
		result = result * 31 + ((u32)run(code + sieve) << 16) + (u32)run(code + sequence);
	return result;
}
