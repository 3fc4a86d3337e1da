/* Entry, vectors, and sleeping until something happens.
 * Interrupts are enabled in one place only, in wait_for_interrupt; an interrupt does nothing but leave that place, and
 * the main loop looks for work. So there is no interrupt stack and nothing to save. */
	.set	noreorder
	.set	noat
	.set	mips3

#define C0_STATUS $12
#define C0_CAUSE $13
#define C0_EPC $14

	.section .text.start, "ax"
	.globl	forwarder_start
forwarder_start:
	mtc0	$0, C0_STATUS			/* own vectors, interrupts off */
	nop
	nop
	nop
	nop
	lui	$29, %hi(stack_top)
	addiu	$29, $29, %lo(stack_top)
	move	$28, $0
	lui	$8, %hi(vector)			/* the same code for every vector */
	addiu	$8, $8, %lo(vector)
	lui	$9, %hi(vector_end)
	addiu	$9, $9, %lo(vector_end)
	lui	$10, 0x8000
1:	lw	$11, 0($8)
	sw	$11, 0x000($10)
	sw	$11, 0x080($10)
	sw	$11, 0x180($10)
	addiu	$8, $8, 4
	bne	$8, $9, 1b
	 addiu	$10, $10, 4
	.irp	base, 0x000, 0x020, 0x080, 0x0A0, 0x180, 0x1A0
	lui	$10, 0x8000
	cache	0x19, \base($10)		/* write back, then make the instruction cache read it */
	cache	0x10, \base($10)
	.endr
	lui	$8, %hi(forwarder_main)
	addiu	$8, $8, %lo(forwarder_main)
	jr	$8
	 move	$31, $0

vector:						/* at most 32 instructions; position independent */
	mfc0	$26, C0_CAUSE
	lui	$27, %hi(interrupted)
	andi	$26, $26, 0x7C
	bnez	$26, 2f
	 addiu	$27, $27, %lo(interrupted)
	mfc0	$26, C0_STATUS
	ori	$26, $26, 1			/* back to the main loop with interrupts off */
	xori	$26, $26, 1
	mtc0	$26, C0_STATUS
	dmtc0	$27, C0_EPC
	nop
	nop
	nop
	nop
	eret
	nop
2:	lui	$26, 0xBFC0			/* a fault: the ROM reports it and keeps the registers */
	ori	$26, $26, 0x380
	jr	$26
	 nop
vector_end:

/* void wait_for_interrupt(u32 mask): sleeps until one of the interrupts in mask (Status.IM bits) is pending. */
	.globl	wait_for_interrupt
wait_for_interrupt:
	ori	$4, $4, 1
	mtc0	$4, C0_STATUS
	nop
	nop
	nop
	nop
1:	.set	push
	.set	mips32
	wait
	.set	pop
	b	1b
	 nop
interrupted:
	mtc0	$0, C0_STATUS
	nop
	nop
	nop
	jr	$31
	 nop

/* void rom_service(u32 number): calls the boot ROM with its own vectors in force. */
	.globl	rom_service
rom_service:
	lui	$8, 0x0040
	mtc0	$8, C0_STATUS
	nop
	nop
	nop
	nop
	syscall
	nop
	mtc0	$0, C0_STATUS
	nop
	nop
	nop
	jr	$31
	 nop

	.section .bss
	.align	4
	.space	16384
stack_top:
	.space	16
