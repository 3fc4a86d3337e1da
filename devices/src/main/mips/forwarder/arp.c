/* The neighbours on the Ethernets: their table, its ageing, and packets that wait for an answer. */
#include "forwarder.h"

#define NEIGHBOURS 256u
#define WAITING 64u
#define WAITING_PER_NEIGHBOUR 8u
#define REQUEST_TRIES 3u
#define LIFETIME 300u		/* seconds */
#define REFRESH_AT 240u
#define REQUEST 1u
#define REPLY 2u
#define ARP_SIZE 28u
#define ARP_FRAME 60u

struct arp_packet {
	u16 hardware, protocol;
	u8 hardware_size, protocol_size;
	u16 operation;
	u8 sender_mac[6];
	u16 sender[2];
	u8 target_mac[6];
	u16 target[2];
};

struct neighbour {
	u32 address;		/* 0 = free */
	struct port *port;
	u8 mac[6];
	u8 known;
	u8 tries;
	u32 age;		/* seconds since the last answer */
	u32 waiting;		/* packets */
};

/* A packet waiting for a MAC; its descriptor only owns the buffer. */
struct waiting {
	struct descriptor *holder;
	struct neighbour *neighbour;	/* NULL = free */
	u32 length;
	u32 order;
	u8 forwarded;
};

static struct neighbour neighbours[NEIGHBOURS];
static struct waiting waiting[WAITING];
static u32 next_order;
static const u8 broadcast_mac[6] = {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};

static struct descriptor *make_holder(void)
{
	struct descriptor *holder = allocate(sizeof *holder, 32);

	holder->buffer = PHYSICAL(allocate(BUFFER_SIZE, 32));
	return holder;
}

void create_arp_table(void)
{
	spare = make_holder();
	for (u32 i = 0; i < WAITING; i++)
		waiting[i].holder = make_holder();
}

static struct neighbour *find(const struct port *port, u32 address)
{
	for (u32 i = 0; i < NEIGHBOURS; i++)
		if (neighbours[i].address == address && neighbours[i].port == port)
			return &neighbours[i];
	return NULL;
}

static void send_arp(struct port *out, u32 operation, const u8 *target_mac, u32 target)
{
	u8 *frame = spare_frame();
	struct arp_packet *arp = (struct arp_packet *)(frame + ETHERNET_HEADER);
	const u8 *to = operation == REPLY ? target_mac : broadcast_mac;

	memset(frame, 0, ARP_FRAME);
	put_ethernet_header(frame, out, to, TYPE_ARP);
	arp->hardware = 1;
	arp->protocol = TYPE_IP;
	arp->hardware_size = 6;
	arp->protocol_size = 4;
	arp->operation = (u16)operation;
	memcpy(arp->sender_mac, out->mac, 6);
	arp->sender[0] = (u16)(out->address >> 16);
	arp->sender[1] = (u16)out->address;
	if (operation == REPLY)
		memcpy(arp->target_mac, target_mac, 6);
	arp->target[0] = (u16)(target >> 16);
	arp->target[1] = (u16)target;
	send_frame(out, spare, ARP_FRAME);
}

void announce(struct port *port)
{
	if (port->address)
		send_arp(port, REQUEST, NULL, port->address);
}

/* --- Waiting packets ----------------------------------------------------------------------------------------- */

static struct waiting *oldest_for(const struct neighbour *n)
{
	struct waiting *oldest = NULL;

	for (u32 i = 0; i < WAITING; i++)
		if (waiting[i].neighbour == n && (!oldest || (s32)(waiting[i].order - oldest->order) < 0))
			oldest = &waiting[i];
	return oldest;
}

static void send_waiting(struct neighbour *n)
{
	struct waiting *w;

	while (n->waiting && (w = oldest_for(n)) != NULL) {
		put_ethernet_header((u8 *)KSEG1(w->holder->buffer), n->port, n->mac, TYPE_IP);
		send_frame(n->port, w->holder, w->length);
		w->neighbour = NULL;
		n->waiting--;
	}
}

/* The neighbour does not answer. Its place is free before the errors go out, because they may need one. */
static void give_up(struct neighbour *n)
{
	static struct neighbour nobody;
	struct waiting *w;

	for (u32 i = 0; i < WAITING; i++)
		if (waiting[i].neighbour == n)
			waiting[i].neighbour = &nobody;
	n->port->counters.no_arp += n->waiting;
	n->address = 0;
	n->waiting = 0;
	while ((w = oldest_for(&nobody)) != NULL) {
		if (w->forwarded)
			send_icmp_error(ICMP_UNREACHABLE, UNREACHABLE_HOST, (u8 *)KSEG1(w->holder->buffer));
		w->neighbour = NULL;
	}
}

static void keep_waiting(struct neighbour *n, struct descriptor *holder, u32 length, int forwarded)
{
	for (u32 i = 0; i < WAITING && n->waiting < WAITING_PER_NEIGHBOUR; i++)
		if (waiting[i].neighbour == NULL) {
			u32 buffer = holder->buffer;

			holder->buffer = waiting[i].holder->buffer;
			waiting[i].holder->buffer = buffer;
			waiting[i].neighbour = n;
			waiting[i].length = length;
			waiting[i].order = next_order++;
			waiting[i].forwarded = (u8)forwarded;
			n->waiting++;
			return;
		}
	n->port->counters.no_arp++;
}

/* --- The table ----------------------------------------------------------------------------------------------- */

static void forget(struct neighbour *n)
{
	struct waiting *w;

	while (n->waiting && (w = oldest_for(n)) != NULL) {
		w->neighbour = NULL;
		n->waiting--;
	}
	n->address = 0;
}

/* A free place, or that of the neighbour heard of longest ago. */
static struct neighbour *make_room(void)
{
	struct neighbour *oldest = &neighbours[0];

	for (u32 i = 0; i < NEIGHBOURS; i++) {
		if (neighbours[i].address == 0)
			return &neighbours[i];
		if (neighbours[i].age > oldest->age)
			oldest = &neighbours[i];
	}
	forget(oldest);
	flush_cache();
	return oldest;
}

static struct neighbour *add(struct port *port, u32 address)
{
	struct neighbour *n = make_room();

	memset(n, 0, sizeof *n);
	n->address = address;
	n->port = port;
	return n;
}

static void learn(struct neighbour *n, const u8 *mac)
{
	if (n->known && memcmp(n->mac, mac, 6) != 0)
		flush_cache();
	memcpy(n->mac, mac, 6);
	n->known = 1;
	n->age = 0;
	n->tries = 0;
	send_waiting(n);
}

void receive_arp(struct port *in, const u8 *frame, u32 length)
{
	const struct arp_packet *arp = (const struct arp_packet *)(frame + ETHERNET_HEADER);
	u32 sender = ADDRESS(arp->sender);
	int for_us = in->address && ADDRESS(arp->target) == in->address;
	struct neighbour *n;

	if (length < ETHERNET_HEADER + ARP_SIZE || arp->hardware != 1 || arp->protocol != TYPE_IP
		|| arp->hardware_size != 6 || arp->protocol_size != 4) {
		in->counters.rx_unknown++;
		return;
	}
	in->counters.local++;
	if (in->address == 0 || sender == 0 || sender == in->address || (sender & in->mask) != (in->address & in->mask)
		|| arp->sender_mac[0] & 1)
		return;
	n = find(in, sender);
	if (n == NULL && for_us)
		n = add(in, sender);
	if (n)
		learn(n, arp->sender_mac);
	if (for_us && arp->operation == REQUEST)
		send_arp(in, REPLY, arp->sender_mac, sender);
}

void send_to_neighbour(struct port *out, u32 next_hop, struct descriptor *holder, u32 length, int forwarded)
{
	struct neighbour *n = find(out, next_hop);
	u8 *frame = (u8 *)KSEG1(holder->buffer);

	if (n && n->known) {
		cache_destination(ADDRESS(IP_OF(frame)->destination), out, n->mac);
		put_ethernet_header(frame, out, n->mac, TYPE_IP);
		send_frame(out, holder, length);
		return;
	}
	if (n == NULL) {
		n = add(out, next_hop);
		n->tries = 1;
		keep_waiting(n, holder, length, forwarded);
		send_arp(out, REQUEST, NULL, next_hop);
		return;
	}
	keep_waiting(n, holder, length, forwarded);
}

/* Called once a second. */
void age_arp(void)
{
	for (u32 i = 0; i < NEIGHBOURS; i++) {
		struct neighbour *n = &neighbours[i];

		if (n->address == 0)
			continue;
		n->age++;
		if (n->known ? n->age > LIFETIME : n->tries >= REQUEST_TRIES) {
			flush_cache();
			give_up(n);
		} else if (!n->known || n->age >= REFRESH_AT) {
			if (!n->known)
				n->tries++;
			if (!n->known || n->age % 20 == 0)
				send_arp(n->port, REQUEST, NULL, n->address);
		}
	}
}

void clear_arp(const struct port *port)
{
	for (u32 i = 0; i < NEIGHBOURS; i++)
		if (neighbours[i].address && (port == NULL || neighbours[i].port == port))
			forget(&neighbours[i]);
	flush_cache();
}

void show_arp(void)
{
	print("Address          Age (s)  Hardware address   Interface\n");
	for (u32 i = 0; i < NEIGHBOURS; i++) {
		const struct neighbour *n = &neighbours[i];

		if (n->address == 0)
			continue;
		print_address_column(n->address);
		print("  %7u  ", n->age);
		if (n->known)
			print("%02x%02x.%02x%02x.%02x%02x", n->mac[0], n->mac[1], n->mac[2], n->mac[3], n->mac[4],
				n->mac[5]);
		else
			print("%-14s", "incomplete");
		print("     %s\n", n->port->name);
	}
}
