/* Floating point: bodies that attract each other, in double precision, and a product of single-precision matrices. */
#include "bench.h"

#define BODIES 5u
#define STEPS 30000u
#define SIZE 32u
#define PRODUCTS 12u
#define STATUS_CU1 0x20000000u

struct body {
	double x, y, z, vx, vy, vz, mass;
};

const char program_name[] = "nbody";

static struct body bodies[BODIES];
static float left[SIZE][SIZE], right[SIZE][SIZE], product[SIZE][SIZE];

/* The same places and speeds in each repetition. */
static void place(void)
{
	u32 seed = 4711;

	for (u32 i = 0; i < BODIES; i++) {
		struct body *b = &bodies[i];

		b->x = (s32)(next_random(&seed) & 0xFFFF) / 4096.0;
		b->y = (s32)(next_random(&seed) & 0xFFFF) / 4096.0;
		b->z = (s32)(next_random(&seed) & 0xFFFF) / 4096.0;
		b->vx = b->vy = b->vz = 0;
		b->mass = 1.0 / (i + 1);
	}
}

static NOINLINE void advance(double time)
{
	for (u32 i = 0; i < BODIES; i++)
		for (u32 j = i + 1; j < BODIES; j++) {
			struct body *a = &bodies[i], *b = &bodies[j];
			double x = a->x - b->x, y = a->y - b->y, z = a->z - b->z;
			double square = x * x + y * y + z * z + 0.01;
			double pull = time / (square * __builtin_sqrt(square));

			a->vx -= x * b->mass * pull;
			a->vy -= y * b->mass * pull;
			a->vz -= z * b->mass * pull;
			b->vx += x * a->mass * pull;
			b->vy += y * a->mass * pull;
			b->vz += z * a->mass * pull;
		}
	for (struct body *b = bodies; b < bodies + BODIES; b++) {
		b->x += time * b->vx;
		b->y += time * b->vy;
		b->z += time * b->vz;
	}
}

static NOINLINE void multiply(void)
{
	for (u32 i = 0; i < SIZE; i++)
		for (u32 j = 0; j < SIZE; j++) {
			float cell = 0;

			for (u32 k = 0; k < SIZE; k++)
				cell += left[i][k] * right[k][j];
			product[i][j] = cell;
		}
}

void prepare(void)
{
	u32 status;

	__asm__ volatile("mfc0 %0, $12\n\tnop\n\tnop" : "=r"(status));
	__asm__ volatile("mtc0 %0, $12\n\tnop\n\tnop\n\tnop\n\tnop\n\tctc1 $0, $31\n\tnop\n\tnop" : : "r"(status | STATUS_CU1));
	for (u32 i = 0; i < SIZE; i++)
		for (u32 j = 0; j < SIZE; j++) {
			left[i][j] = (float)(s32)((i * 3 + j) % 17) * 0.25f;
			right[i][j] = (float)(s32)((i + j * 5) % 13) * 0.5f;
		}
}

u32 work(void)
{
	u32 steps = times(STEPS), products = times(PRODUCTS);
	u32 sum = 0;

	place();
	for (u32 i = 0; i < steps; i++)
		advance(0.001);
	for (u32 i = 0; i < products; i++) {
		multiply();
		left[i % SIZE][0] = product[0][i % SIZE] / 1024.0f;
	}
	for (u32 i = 0; i < products; i++)
		left[i % SIZE][0] = (float)(s32)(i * 3 % 17) * 0.25f;
	for (u32 i = 0; i < SIZE; i++)
		sum = sum * 31 + (u32)(s32)(product[i][i] * 16.0f);
	for (u32 i = 0; i < BODIES; i++)
		sum = sum * 31 + (u32)(s32)(bodies[i].x * 65536.0) + (u32)(s32)(bodies[i].vy * 65536.0);
	return sum;
}
