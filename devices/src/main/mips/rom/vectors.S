/* Reset, exception vectors and the way into and out of an image.
 * Addresses that other software knows: 0x200, 0x280, 0x300, 0x380, 0x400 (vectors with BEV = 1), 0x3B0 (complete
 * exception entry) and 0x3E0 (entry behind the frame). docs/boot-rom.md describes them. */
	.set	noreorder
	.set	noat
	.set	mips3

	.equ	FRAME_SIZE, 512
	.equ	F_K0, 208
	.equ	F_K1, 216
	.equ	F_SP, 232
	.equ	F_RA, 248
	.equ	F_STATUS, 256
	.equ	F_LO, 264
	.equ	F_HI, 272
	.equ	F_BADVADDR, 280
	.equ	F_CAUSE, 288
	.equ	F_EPC, 296
	.equ	F_ERROREPC, 304

	.equ	ROM_STACK_TOP, 0x4000		/* low half of 0x80004000 */
	.equ	SAVED_SP, 0x2000		/* low halves of the hand-over variables */
	.equ	SAVED_RA, 0x2008

#define C0_BADVADDR $8
#define C0_STATUS $12
#define C0_CAUSE $13
#define C0_EPC $14
#define C0_ERROREPC $30

	.section .text.vectors, "ax"
	.globl	rom_start
rom_start:
	lui	$8, 0x0040			/* BEV only: also leaves the error level of a cold reset */
	mtc0	$8, C0_STATUS
	lui	$29, 0x8000
	ori	$29, $29, ROM_STACK_TOP
	move	$28, $0
	lui	$8, %hi(rom_main)
	addiu	$8, $8, %lo(rom_main)
	jr	$8
	 move	$31, $0

	.org	0x200				/* TLB refill */
	b	general_vector
	 nop
	.org	0x280				/* TLB refill, 64-bit addresses */
	b	general_vector
	 nop

	.org	0x300				/* cache error */
	daddiu	$29, $29, -FRAME_SIZE
	sd	$26, F_K0($29)
	sd	$27, F_K1($29)
	sd	$31, F_RA($29)
	daddiu	$26, $29, FRAME_SIZE
	sd	$26, F_SP($29)
	lui	$27, %hi(rom_cache_error)
	b	exception_frame
	 addiu	$27, $27, %lo(rom_cache_error)

	.org	0x380
general_vector:
	/* A store of the code below that failed on an unusable stack comes back here with the address it
	 * could not write; without this test it would come back for ever. */
	dmfc0	$26, C0_BADVADDR
	nop
	dsubu	$26, $26, $29
	xori	$26, $26, F_K0
	beqz	$26, unusable_stack
	 nop
	.org	0x3B0
	.globl	exception_entry
exception_entry:
	daddiu	$29, $29, -FRAME_SIZE
	sd	$26, F_K0($29)
	sd	$27, F_K1($29)
	sd	$31, F_RA($29)
	daddiu	$26, $29, FRAME_SIZE
	sd	$26, F_SP($29)
	lui	$27, %hi(rom_exception)
	b	exception_frame
	 addiu	$27, $27, %lo(rom_exception)

	.org	0x3E0
	.globl	exception_frame
exception_frame:				/* k1 = handler, frame allocated, k0 k1 sp ra stored */
	b	save_registers
	 sd	$1, 8($29)

	.org	0x400				/* interrupt, if a guest sets Cause.IV */
	b	general_vector
	 nop

unusable_stack:
	daddiu	$26, $29, FRAME_SIZE		/* the stack pointer at the first exception */
	lui	$29, 0x8000
	ori	$29, $29, ROM_STACK_TOP - FRAME_SIZE
	sd	$0, F_K0($29)
	sd	$27, F_K1($29)
	sd	$31, F_RA($29)
	sd	$26, F_SP($29)
	lui	$27, %hi(rom_unusable_stack)
	b	exception_frame
	 addiu	$27, $27, %lo(rom_unusable_stack)

save_registers:
	.irp	r, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 28, 30
	sd	$\r, 8*\r($29)
	.endr
	mfc0	$8, C0_STATUS
	mfc0	$9, C0_CAUSE
	dmfc0	$10, C0_EPC
	dmfc0	$11, C0_BADVADDR
	dmfc0	$12, C0_ERROREPC
	mflo	$13
	mfhi	$14
	sw	$8, F_STATUS($29)
	sw	$9, F_CAUSE($29)
	sd	$10, F_EPC($29)
	sd	$11, F_BADVADDR($29)
	sd	$12, F_ERROREPC($29)
	sd	$13, F_LO($29)
	sd	$14, F_HI($29)
	jalr	$27
	 move	$4, $29
	lw	$8, F_STATUS($29)
	ld	$9, F_EPC($29)
	mtc0	$8, C0_STATUS			/* EXL is set in the saved value: no interrupt from here on */
	nop
	nop
	nop
	nop
	ld	$10, F_ERROREPC($29)
	dmtc0	$9, C0_EPC
	dmtc0	$10, C0_ERROREPC
	ld	$8, F_LO($29)
	ld	$9, F_HI($29)
	mtlo	$8
	mthi	$9
	.irp	r, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 27, 28, 30, 31
	ld	$\r, 8*\r($29)
	.endr
	lui	$26, %hi(exception_frame)
	addiu	$26, $26, %lo(exception_frame)
	ld	$29, F_SP($29)
	eret
	nop

/* void call_image(u32 entry): calls an image as the hand-over promises; returns when the image returns, or goes
 * to rom_lost_return when the image destroyed what is needed for that. */
	.globl	call_image
call_image:
	daddiu	$29, $29, -96
	.irp	r, 16, 17, 18, 19, 20, 21, 22, 23
	sd	$\r, 8*(\r-16)($29)
	.endr
	sd	$28, 64($29)
	sd	$30, 72($29)
	sd	$31, 80($29)
	lui	$8, 0x8000
	sw	$29, SAVED_SP($8)
	sd	$31, SAVED_RA($8)
	sll	$9, $4, 0
	daddiu	$29, $9, -64
	li	$10, -7				/* clears bits 1 and 2 */
	and	$29, $29, $10
	lui	$26, %hi(exception_frame)
	addiu	$26, $26, %lo(exception_frame)
	move	$5, $0
	move	$6, $0
	jalr	$9
	 li	$4, 2
	lui	$8, 0x0040			/* back from the image: no interrupts */
	mtc0	$8, C0_STATUS
	lui	$8, 0x8000
	lw	$29, SAVED_SP($8)
	ori	$9, $8, 0x3400			/* inside the ROM's stack? */
	sltu	$10, $29, $9
	bnez	$10, 1f
	 ori	$9, $8, ROM_STACK_TOP - 96
	sltu	$10, $9, $29
	bnez	$10, 1f
	 andi	$10, $29, 7
	bnez	$10, 1f
	 ld	$31, SAVED_RA($8)
	ld	$10, 80($29)
	bne	$10, $31, 1f
	 nop
	.irp	r, 16, 17, 18, 19, 20, 21, 22, 23
	ld	$\r, 8*(\r-16)($29)
	.endr
	ld	$28, 64($29)
	ld	$30, 72($29)
	jr	$31
	 daddiu	$29, $29, 96
1:	lui	$25, %hi(rom_lost_return)
	addiu	$25, $25, %lo(rom_lost_return)

/* void on_rom_stack(void (*function)(void)): leaves the present stack for good. */
go_to_25:
	lui	$29, 0x8000
	ori	$29, $29, ROM_STACK_TOP
	move	$31, $0
	jr	$25
	 nop
	.globl	on_rom_stack
on_rom_stack:
	b	go_to_25
	 move	$25, $4

/* int wait_for_key(void): waits in a loop without stores until the console has a character; returns it. */
	.globl	wait_for_key
wait_for_key:
	lui	$8, 0xBE84
1:	lw	$9, 0x40C($8)
	andi	$9, $9, 1
	beqz	$9, 1b
	 nop
	lw	$2, 0x41C($8)
	jr	$31
	 andi	$2, $2, 0xFF

/* void rest_forever(void) */
	.globl	rest_forever
rest_forever:
	lui	$8, 0x0040
	mtc0	$8, C0_STATUS
1:	.set	push
	.set	mips32
	wait
	.set	pop
	b	1b
	 nop

	.section .rodata
	.align	3
	.globl	exception_table
exception_table:				/* entries 0 and 8 are complete entry points */
	.word	exception_entry
	.rept	7
	.word	exception_frame
	.endr
	.word	exception_entry
	.rept	26
	.word	exception_frame
	.endr
