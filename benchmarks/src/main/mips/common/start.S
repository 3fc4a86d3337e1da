/* Entry and exception vectors, the same on both boards. */
	.set	noreorder
	.set	noat
	.set	mips3

#define C0_CONTEXT $4
#define C0_ENTRYLO0 $2
#define C0_ENTRYLO1 $3
#define C0_PAGEMASK $5
#define C0_WIRED $6
#define C0_BADVADDR $8
#define C0_ENTRYHI $10
#define C0_STATUS $12
#define C0_CAUSE $13
#define C0_EPC $14
#define EXCEPTION_SYSCALL (8 << 2)

	.macro	hazard				/* longer than any CP0 hazard of the processors concerned */
	nop
	nop
	nop
	nop
	.endm

	.section .text.start, "ax"
	.globl	start
start:
	mtc0	$0, C0_STATUS			/* vectors in RAM, interrupts off, kernel mode */
	hazard
	mtc0	$0, C0_PAGEMASK
	mtc0	$0, C0_WIRED
	mtc0	$0, C0_ENTRYHI
	hazard
	lui	$29, %hi(stack_top)
	addiu	$29, $29, %lo(stack_top)
	move	$28, $0
	lui	$8, %hi(bss_start)
	addiu	$8, $8, %lo(bss_start)
	lui	$9, %hi(bss_end)
	addiu	$9, $9, %lo(bss_end)
1:	sw	$0, 0($8)
	addiu	$8, $8, 4
	bne	$8, $9, 1b
	 nop
	lui	$10, 0x8000
	lui	$8, %hi(refill)
	jal	copy_vector			/* TLB refill */
	 addiu	$8, $8, %lo(refill)
	lui	$8, %hi(general)
	addiu	$8, $8, %lo(general)
	jal	copy_vector			/* all other exceptions */
	 addiu	$10, $10, 0x180
	jal	main_loop
	 nop

copy_vector:					/* 32 words from $8 to $10 */
	move	$9, $10
	addiu	$11, $10, 0x80
1:	lw	$12, 0($8)
	sw	$12, 0($9)
	addiu	$9, $9, 4
	bne	$9, $11, 1b
	 addiu	$8, $8, 4
	.irp	offset, 0x00, 0x20, 0x40, 0x60
	cache	0x19, \offset($10)		/* write back, then make the instruction cache read it */
	cache	0x10, \offset($10)
	.endr
	jr	$31
	 nop

/* Context points to the pair of page table entries, eight bytes each, of which the lower halves count. */
	.align	7
refill:
	mfc0	$27, C0_CONTEXT
	nop
	nop
	lw	$26, 4($27)
	lw	$27, 12($27)
	mtc0	$26, C0_ENTRYLO0
	mtc0	$27, C0_ENTRYLO1
	hazard
	tlbwr
	hazard
	eret
	nop

/* System call: number in $2, argument in $4, result in $2; other registers as in a function call. */
	.align	7
general:
	mfc0	$26, C0_CAUSE
	lui	$27, %hi(system_call)
	andi	$26, $26, 0x7C
	xori	$26, $26, EXCEPTION_SYSCALL
	bnez	$26, 1f
	 addiu	$27, $27, %lo(system_call)
	jr	$27
	 nop
1:	mfc0	$4, C0_CAUSE
	mfc0	$5, C0_EPC
	mfc0	$6, C0_BADVADDR
	lui	$27, %hi(unexpected_exception)
	addiu	$27, $27, %lo(unexpected_exception)
	jr	$27
	 addiu	$29, $29, -32

	.align	7
system_call:
	addiu	$29, $29, -32
	sw	$31, 28($29)
	mfc0	$26, C0_EPC
	andi	$2, $2, 7
	sll	$2, $2, 2
	lui	$27, %hi(system_calls)
	addu	$27, $27, $2
	lw	$27, %lo(system_calls)($27)
	addiu	$26, $26, 4
	jalr	$27
	 sw	$26, 24($29)
	lw	$26, 24($29)
	lw	$31, 28($29)
	mtc0	$26, C0_EPC
	addiu	$29, $29, 32
	hazard
	eret
	nop

	.section .bss.stack, "aw", @nobits
	.align	4
	.space	65536
stack_top:
	.space	16
