/* Ports: one DEC21140 each. Rings, address filter, link state. */
#include "forwarder.h"

#define CSR(port, n) REG32((port)->csr + 8 * (n))
#define CSR0_RESET 0x00000001u
#define CSR0_BIG_ENDIAN_BUFFERS 0x00000080u
#define CSR5_CAUSES 0x0001FFFFu
#define CSR5_RU 0x00000080u
#define CSR6_SR 0x00000002u
#define CSR6_ST 0x00002000u
#define CSR6_MODE 0x022C0200u	/* MII port, store and forward, no heartbeat, full duplex */
#define CSR7_MASK 0x000180C0u	/* normal and abnormal summary, RI, RU */
#define SETUP_SIZE 192u
#define SETUP_ENTRIES 16u
#define WAIT_LOOPS 1000000u

#define MII_WRITE 0x00002000u
#define MII_READ 0x00044000u
#define MII_CLOCK 0x00010000u
#define MII_DATA_OUT 0x00020000u
#define MII_DATA_IN_BIT 19
#define BMSR 1u
#define BMSR_LINK 0x0004u

struct port ports[MAX_PORTS];
u32 port_count;
u32 wanting_kick;

static u32 windows[MAX_PORTS];		/* by slot */

/* --- MII management ------------------------------------------------------------------------------------------ */

static void mii_send(const struct port *port, u32 bits, u32 count)
{
	while (count--) {
		u32 value = MII_WRITE | (bits >> count & 1 ? MII_DATA_OUT : 0);

		CSR(port, 9) = value;
		CSR(port, 9) = value | MII_CLOCK;
	}
}

static u32 mii_read(const struct port *port, u32 reg)
{
	u32 value = 0;

	mii_send(port, 0xFFFFFFFF, 32);
	mii_send(port, 6u << 10 | reg, 14);	/* start 01, read 10, PHY 0 */
	for (u32 i = 0; i < 17; i++) {		/* turn-around, then 16 bits */
		CSR(port, 9) = MII_READ;
		CSR(port, 9) = MII_READ | MII_CLOCK;
		value = value << 1 | (CSR(port, 9) >> MII_DATA_IN_BIT & 1);
	}
	return value & 0xFFFF;
}

int link_is_up(const struct port *port)
{
	mii_read(port, BMSR);			/* the bit latches low: the second read is the present state */
	return (mii_read(port, BMSR) & BMSR_LINK) != 0;
}

/* --- Rings --------------------------------------------------------------------------------------------------- */

static struct descriptor *make_ring(void)
{
	struct descriptor *ring = allocate(RING_SIZE * sizeof *ring, 32);

	for (u32 i = 0; i < RING_SIZE; i++)
		ring[i].buffer = PHYSICAL(allocate(BUFFER_SIZE, 32));
	return ring;
}

static void reset_rings(struct port *port)
{
	for (u32 i = 0; i < RING_SIZE; i++) {
		u32 end = i == RING_SIZE - 1 ? RX_END_OF_RING : 0;

		port->rx[i].control = end | (BUFFER_SIZE - 4);
		port->rx[i].status = DESC_OWN;
		port->tx[i].control = end;
		port->tx[i].status = 0;
	}
	port->rx_next = 0;
	port->tx_next = 0;
}

/* Own address and broadcast in the perfect filter; each half-word twice, for chips that look at either half. */
static void write_setup_frame(const struct port *port, u32 buffer)
{
	static const u8 broadcast[6] = {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};
	volatile u32 *words = (volatile u32 *)KSEG1(buffer);

	for (u32 i = 0; i < SETUP_ENTRIES; i++) {
		const u8 *mac = i == 1 ? broadcast : port->mac;

		for (u32 k = 0; k < 3; k++) {
			u32 half = (u32)mac[2 * k] << 8 | mac[2 * k + 1];

			*words++ = half << 16 | half;
		}
	}
}

static void load_filter(struct port *port)
{
	struct descriptor *d = &port->tx[0];

	write_setup_frame(port, d->buffer);
	d->control = TX_SETUP | SETUP_SIZE;
	d->status = DESC_OWN;
	CSR(port, 6) = CSR6_MODE | CSR6_ST;
	CSR(port, 1) = 1;
	for (u32 i = 0; i < WAIT_LOOPS && d->status & DESC_OWN; i++)
		barrier();
	port->tx_next = 1;
}

void stop_port(struct port *port)
{
	CSR(port, 7) = 0;
	CSR(port, 6) = 0;
	CSR(port, 5) = CSR5_CAUSES;
}

void start_port(struct port *port)
{
	stop_port(port);
	CSR(port, 0) = CSR0_RESET;
	for (u32 i = 0; i < 100; i++)
		barrier();
	CSR(port, 0) = CSR0_BIG_ENDIAN_BUFFERS;
	reset_rings(port);
	CSR(port, 3) = PHYSICAL(port->rx);
	CSR(port, 4) = PHYSICAL(port->tx);
	load_filter(port);
	CSR(port, 5) = CSR5_CAUSES;
	CSR(port, 7) = CSR7_MASK;
	CSR(port, 6) = CSR6_MODE | CSR6_ST | CSR6_SR;
	enable_slot_interrupts(port->slot);
}

/* --- The set of ports ---------------------------------------------------------------------------------------- */

static void note_window(u32 slot, u32 csr)
{
	if (slot < MAX_PORTS)
		windows[slot] = csr;
}

static void set_mac(struct port *port, const u8 *base, u32 index)
{
	u32 low = ((u32)base[3] << 16 | (u32)base[4] << 8 | base[5]) + index;

	memcpy(port->mac, base, 3);
	port->mac[3] = (u8)(low >> 16);
	port->mac[4] = (u8)(low >> 8);
	port->mac[5] = (u8)low;
}

/* Ports are numbered in the order of their slots. */
void create_ports(void)
{
	u8 base[6];

	read_chassis_mac(base);
	find_controllers(note_window);
	for (u32 slot = 0; slot < MAX_PORTS; slot++) {
		struct port *port = &ports[port_count];

		if (windows[slot] == 0)
			continue;
		port->csr = windows[slot];
		port->slot = (u8)slot;
		port->bit = 1u << port_count;
		port->rx = make_ring();
		port->tx = make_ring();
		set_mac(port, base, port_count);
		copy_text(port->name, "FastEthernet?/0", sizeof port->name);
		port->name[12] = (char)('0' + slot);
		port_count++;
	}
}

struct port *port_named(u32 slot, u32 number)
{
	for (u32 i = 0; i < port_count; i++)
		if (ports[i].slot == slot && ports[i].number == number)
			return &ports[i];
	return NULL;
}

/* --- Sending ------------------------------------------------------------------------------------------------- */

void kick_ports(void)
{
	for (struct port *port = ports; wanting_kick; port++, wanting_kick >>= 1)
		if (wanting_kick & 1)
			CSR(port, 1) = 1;
}

/* Takes back the interrupt requests of the ports the FPGA names; a receiver that ran dry is told to look again. */
void acknowledge_ports(u32 word0, u32 word1)
{
	for (u32 i = 0; i < port_count; i++) {
		struct port *port = &ports[i];
		u32 causes;

		if (!slot_interrupt_pending(port->slot, word0, word1))
			continue;
		causes = CSR(port, 5);
		CSR(port, 5) = causes & CSR5_CAUSES;
		if (causes & CSR5_RU)
			CSR(port, 2) = 1;
	}
}
