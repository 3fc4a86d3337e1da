/* The chassis: its identity, its PCI busses and the interrupt masks of its slots. */
#include "forwarder.h"

#define EEPROM_READ 3u		/* start bit and opcode, least significant bit first */
#define MAC_WORD 6u
#define PRODUCT_WORD 0u
#define PRODUCT_PEM_225 0xD5u
#define SECOND_GT64K_PCI_COMMAND REG32(0xB5000C00u)
#define MHZ 1000000u

#define PCI_ADDRESS(root) ((root) ? GT64K + 0xCF0 : GT64K + 0xCF8)
#define PCI_ENABLE 0x80000000u
#define REG_ID 0x00u
#define REG_COMMAND 0x04u
#define REG_CLASS 0x08u
#define REG_MEMORY_BASE 0x14u
#define REG_BUS_NUMBERS 0x18u
#define COMMAND_MEMORY_AND_MASTER 6u
#define CLASS_BRIDGE 0x0604u
#define ID_DEC21140 0x00091011u
#define ID_GT64010 0x014611ABu
#define FIRST_WINDOW 0x10000000u
#define WINDOW_STEP 0x00020000u
#define MAX_DEPTH 3
#define DEVICES 32u

/* --- Identity ------------------------------------------------------------------------------------------------ */

/* A serial EEPROM behind a port of the I/O FPGA, with the bits of its lines. */
struct eeprom {
	u32 port;
	u32 select, clock, data_in;
	u32 data_out_bit;
};

static const struct eeprom midplane = {IOFPGA + 0x21C, 0x20, 0x10, 0x08, 7};
static const struct eeprom pem = {IOFPGA + 0x388, 0x02, 0x01, 0x04, 3};

static u32 eeprom_word(const struct eeprom *e, u32 address)
{
	u32 command = EEPROM_READ | address << 3;
	u32 value = 0;

	REG32(e->port) = 0;
	REG32(e->port) = e->select;
	for (u32 i = 0; i < 9; i++) {
		u32 bit = command >> i & 1 ? e->data_in : 0;

		REG32(e->port) = e->select | bit;
		REG32(e->port) = e->select | bit | e->clock;
	}
	for (u32 i = 0; i < 16; i++) {
		REG32(e->port) = e->select;
		REG32(e->port) = e->select | e->clock;
		value |= (REG32(e->port) >> e->data_out_bit & 1) << i;
	}
	REG32(e->port) = 0;
	return value;
}

/* Count runs at half the processor's clock. Where two boards carry the same processor, the power module's EEPROM (NPE-175
 * and NPE-225) or the second system controller (NPE-300, not NPE-400) tells them apart. */
u32 read_count_rate(void)
{
	switch (MFC0(CP0_PRID) >> 8 & 0xFF) {
	case 0x20:
		return 50 * MHZ;
	case 0x21:
		return 75 * MHZ;
	case 0x28:
		return (eeprom_word(&pem, PRODUCT_WORD) & 0xFF) == PRODUCT_PEM_225 ? 131 * MHZ : 100 * MHZ;
	case 0x27:
		return SECOND_GT64K_PCI_COMMAND ? 131 * MHZ : 175 * MHZ;
	default:
		return 100 * MHZ;
	}
}

void read_chassis_mac(u8 *mac)
{
	for (u32 i = 0; i < 3; i++) {
		u32 word = eeprom_word(&midplane, MAC_WORD + i);

		mac[2 * i] = (u8)(word >> 8);
		mac[2 * i + 1] = (u8)word;
	}
}

/* --- PCI ----------------------------------------------------------------------------------------------------- */

struct walk {
	u32 root;
	u32 next_bus;
	u32 path[MAX_DEPTH];	/* device numbers from the root bus down */
	u32 gt64010;
	void (*found)(u32 slot, u32 csr);
};

static u32 next_window = FIRST_WINDOW;

static u32 swap(u32 v)
{
	return v << 24 | (v & 0xFF00) << 8 | (v >> 8 & 0xFF00) | v >> 24;
}

static u32 pci_read(u32 root, u32 bus, u32 device, u32 reg)
{
	REG32(PCI_ADDRESS(root)) = swap(PCI_ENABLE | bus << 16 | device << 11 | reg);
	return swap(REG32(PCI_ADDRESS(root) + 4));
}

static void pci_write(u32 root, u32 bus, u32 device, u32 reg, u32 value)
{
	REG32(PCI_ADDRESS(root)) = swap(PCI_ENABLE | bus << 16 | device << 11 | reg);
	REG32(PCI_ADDRESS(root) + 4) = swap(value);
}

/* The slot a function belongs to, from the bridges that lead to it; 99 if the place belongs to no slot. The three
 * shapes are those of NPE-100/150/200, of NPE-175/225/400 and of NPE-300. */
static u32 slot_of(const struct walk *w, u32 depth)
{
	u32 a = w->path[0];
	u32 b = w->path[1];

	if (w->gt64010 && depth == 0)
		return a == 6 ? 0 : 99;
	if (depth == 1 && w->root == 0 && a == 1)
		return 0;
	if (depth == 1 && a >= 7 && a <= 9)
		return 2 * (a - 7) + (w->root == 0 ? 1 : 2);
	if (depth != 2 || b < 1 || b > 3)
		return 99;
	if (w->root == 0 && a == 2)
		return 2 * b - 1;
	if ((w->gt64010 && a == 4) || (w->root == 1 && a == 1))
		return 2 * b;
	return 99;
}

static void map_controller(const struct walk *w, u32 bus, u32 device, u32 depth)
{
	u32 slot = slot_of(w, depth);

	pci_write(w->root, bus, device, REG_MEMORY_BASE, next_window);
	pci_write(w->root, bus, device, REG_COMMAND, COMMAND_MEMORY_AND_MASTER);
	if (slot < 99)
		w->found(slot, KSEG1(next_window));
	next_window += WINDOW_STEP;
}

/* Numbers the busses depth first and maps the controllers found. */
static void walk_bus(struct walk *w, u32 bus, u32 depth)
{
	for (u32 device = 0; device < DEVICES; device++) {
		u32 id = pci_read(w->root, bus, device, REG_ID);
		u32 secondary;

		if (id == 0xFFFFFFFF || id == 0)
			continue;
		w->path[depth] = device;
		if (id == ID_DEC21140)
			map_controller(w, bus, device, depth);
		if (pci_read(w->root, bus, device, REG_CLASS) >> 16 != CLASS_BRIDGE || depth + 1 == MAX_DEPTH)
			continue;
		secondary = w->next_bus++;
		pci_write(w->root, bus, device, REG_BUS_NUMBERS, 0xFFu << 16 | secondary << 8 | bus);
		walk_bus(w, secondary, depth + 1);
		if (w->root == 0 && bus == 0 && device == 1)	/* the PCMCIA bridge takes the first number it sees */
			pci_read(0, w->next_bus++, 16, REG_ID);
		pci_write(w->root, bus, device, REG_BUS_NUMBERS, (w->next_bus - 1) << 16 | secondary << 8 | bus);
	}
}

void find_controllers(void (*found)(u32 slot, u32 csr))
{
	for (u32 root = 0; root < 2; root++) {
		struct walk w = {.root = root, .next_bus = 1, .found = found};

		w.gt64010 = pci_read(0, 0, 0, REG_ID) == ID_GT64010;
		if (root == 0 || !w.gt64010)
			walk_bus(&w, 0, 0);
	}
}

/* --- Interrupts ---------------------------------------------------------------------------------------------- */

/* Where a slot's eight network interrupt bits are: word 0 is MPFPGA 0x10/0x20, word 1 is 0x18/0x28. */
static const struct {
	u8 word, shift;
} slot_bits[7] = {{0, 0}, {0, 8}, {1, 8}, {0, 24}, {0, 16}, {1, 24}, {1, 16}};

void enable_slot_interrupts(u32 slot)
{
	REG32(MPFPGA + (slot_bits[slot].word ? 0x28 : 0x20)) |= 0xFFu << slot_bits[slot].shift;
}

int slot_interrupt_pending(u32 slot, u32 word0, u32 word1)
{
	return ((slot_bits[slot].word ? word1 : word0) >> slot_bits[slot].shift & 0xFF) != 0;
}
