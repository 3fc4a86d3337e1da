// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Cisco 7200 with an NPE-100 to NPE-400: memory, time base, reset, and the devices that are always there.
 */
#include <linux/bitops.h>
#include <linux/delay.h>
#include <linux/dma-map-ops.h>
#include <linux/init.h>
#include <linux/ioport.h>
#include <linux/kernel.h>
#include <linux/memblock.h>
#include <linux/platform_device.h>
#include <linux/pm.h>
#include <linux/random.h>
#include <linux/sizes.h>
#include <linux/string.h>

#include <asm/bootinfo.h>
#include <asm/idle.h>
#include <asm/mipsregs.h>
#include <asm/prom.h>
#include <asm/reboot.h>
#include <asm/time.h>

#include <c7200.h>
#include <irq.h>

/* What can be told from an NPE that no one tells about: every one that was sold had at least this much. */
#define LEAST_RAM_MB	32
#define DEFAULT_NVRAM_KB	128

const struct c7200_npe *c7200_npe;

static bool is_emulated(void)
{
	return c7200_read(C7200_REMOTE, REMOTE_ID) == REMOTE_ID_VALUE;
}

static u32 remote_size(unsigned int reg, u32 otherwise)
{
	return is_emulated() ? c7200_read(C7200_REMOTE, reg) : otherwise;
}

unsigned int c7200_nvram_bytes(void)
{
	return remote_size(REMOTE_NVRAM_KB, DEFAULT_NVRAM_KB) * SZ_1K;
}

/*
 * An emulator has no caches. Its Config register shows the largest, lest software that flushes all of one forgets a part. The
 * smallest will do: nothing depends on it, and flushing is not for free.
 */
unsigned int plat_cache_config(unsigned int config)
{
	const unsigned int smallest = 1;

	if (!is_emulated())
		return config;
	return (config & ~(CONF_IC | CONF_DC)) | smallest << __ffs(CONF_IC) | smallest << __ffs(CONF_DC);
}

const char *get_system_type(void)
{
	static char name[24];

	snprintf(name, sizeof(name), "Cisco 7200 %s", c7200_npe->name);
	return name;
}

/*
 * The ROM passes no command line. What the ROM monitor variable LINUX holds is appended to the built-in one.
 */
static void __init append_rom_variable(void)
{
	static const char name[] __initconst = "LINUX";
	unsigned int i, length = strlen(arcs_cmdline);
	char c;

	if (!is_emulated())
		return;
	c7200_write(C7200_REMOTE, REMOTE_VAR_COMMAND, REMOTE_VAR_REWIND);
	for (i = 0; name[i]; i++)
		c7200_write(C7200_REMOTE, REMOTE_VAR_DATA, name[i]);
	c7200_write(C7200_REMOTE, REMOTE_VAR_COMMAND, REMOTE_VAR_GET);
	if (c7200_read(C7200_REMOTE, REMOTE_VAR_COMMAND))
		return;
	if (length)
		arcs_cmdline[length++] = ' ';
	while (length < COMMAND_LINE_SIZE - 1 && (c = c7200_read(C7200_REMOTE, REMOTE_VAR_DATA)))
		arcs_cmdline[length++] = c;
	arcs_cmdline[length] = '\0';
}

/*
 * Nothing in a 7200 is random soon enough: the first program that asks for random numbers would wait until seconds of timer
 * interrupts have been sampled.
 */
static void __init add_seed(void)
{
	u32 seed[8];
	unsigned int i;

	if (!is_emulated())
		return;
	for (i = 0; i < ARRAY_SIZE(seed); i++)
		seed[i] = c7200_read(C7200_REMOTE, REMOTE_RANDOM);
	/* An emulator that has no such register answers the same each time. */
	if (seed[0] != seed[1] || seed[0] != seed[2])
		add_bootloader_randomness(seed, sizeof(seed));
	memzero_explicit(seed, sizeof(seed));
}

void __init prom_init(void)
{
	u32 iomem = remote_size(REMOTE_IOMEM_MB, 0);

	/* Nothing has used PCI yet, so this is the time to make it byte-invariant, as little-endian drivers expect. */
	gt_write(C7200_GT0, GT_PCI_COMMAND,
		 gt_read(C7200_GT0, GT_PCI_COMMAND) & ~(GT_PCI_NO_MASTER_SWAP | GT_PCI_NO_SLAVE_SWAP));
	c7200_npe = c7200_identify_npe();
	if (c7200_npe->layout == C7200_PCI_TWO_ROOTS_BRIDGED)
		gt_write(C7200_GT1, GT_PCI_COMMAND,
			 gt_read(C7200_GT1, GT_PCI_COMMAND) & ~(GT_PCI_NO_MASTER_SWAP | GT_PCI_NO_SLAVE_SWAP));
	/* Without caches there is nothing that could be incoherent. */
	dma_default_coherent = is_emulated();
	append_rom_variable();
	add_seed();
	memblock_add(0, (phys_addr_t)remote_size(REMOTE_RAM_MB, LEAST_RAM_MB) * SZ_1M);
	if (iomem)	/* a 32-bit kernel has it as high memory */
		memblock_add(C7200_IOMEM, (phys_addr_t)iomem * SZ_1M);
}

void __init plat_time_init(void)
{
	mips_hpt_frequency = c7200_npe->mhz * 1000000 / 2;
}

/* Delays are measured with Count: how long a loop takes depends on the processor, and on what it is emulated by. */
unsigned long calibrate_delay_is_known(void)
{
	return mips_hpt_frequency / HZ;
}

void __delay(unsigned long ticks)
{
	u32 start = read_c0_count();

	while (read_c0_count() - start < ticks)
		;
}
EXPORT_SYMBOL(__delay);

void __udelay(unsigned long us)
{
	__delay(us * c7200_npe->mhz / 2 + 1);
}
EXPORT_SYMBOL(__udelay);

void __ndelay(unsigned long ns)
{
	__delay(ns * c7200_npe->mhz / 2000 + 1);
}
EXPORT_SYMBOL(__ndelay);

static void c7200_restart(char *command)
{
	if (is_emulated())
		c7200_write(C7200_REMOTE, REMOTE_RELOAD, 1);
	/* Without a cold start the ROM finds the hardware in use, which it knows how to deal with. */
	((void (*)(void))CKSEG1ADDR(C7200_ROM_RESET))();
}

/* Both power supplies off. */
static void c7200_power_off(void)
{
	c7200_write(C7200_MPFPGA, MPFPGA_POWER, 0);
}

void __init plat_mem_setup(void)
{
	_machine_restart = c7200_restart;
	pm_power_off = c7200_power_off;
}

static const struct resource duart_resources[] = {
	DEFINE_RES_MEM(C7200_IOFPGA + IOFPGA_DUART, IOFPGA_DUART_SIZE),
	DEFINE_RES_IRQ(C7200_IRQ_DUART),
};

static int __init c7200_devices(void)
{
	struct resource nvram = DEFINE_RES_MEM(C7200_NVRAM, c7200_nvram_bytes());

	platform_device_register_simple("c7200-duart", -1, duart_resources, ARRAY_SIZE(duart_resources));
	platform_device_register_simple("c7200-nvram", -1, &nvram, 1);
	return 0;
}
arch_initcall(c7200_devices);
