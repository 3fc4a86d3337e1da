/* The forwarder: what its parts know of each other. docs/forwarder.md is the description for users. */
#ifndef FORWARDER_H
#define FORWARDER_H

#include "c7200.h"
#include "text.h"

#define MAX_PORTS 7
#define RING_SIZE 128u		/* descriptors per ring, a power of two */
#define BUFFER_SIZE 2048u
#define FRAME_MAX 1514u
#define NAME_LIMIT 32

#define barrier() __asm__ volatile("" : : : "memory")

/* A DEC21140 descriptor, used through kseg1. Every descriptor always owns the buffer it points to: a frame moves from
 * one ring to another by exchanging buffers, so none can be lost. */
struct descriptor {
	volatile u32 status;
	volatile u32 control;
	volatile u32 buffer;
	volatile u32 unused;
};

#define DESC_OWN 0x80000000u
#define RX_ERROR 0x00008000u
#define RX_MULTICAST 0x00000400u
#define RX_FIRST 0x00000200u
#define RX_LAST 0x00000100u
#define RX_LENGTH(status) ((status) >> 16 & 0x3FFF)
#define RX_END_OF_RING 0x02000000u
#define TX_LAST 0x40000000u
#define TX_FIRST 0x20000000u
#define TX_SETUP 0x08000000u
#define TX_END_OF_RING 0x02000000u
#define CRC_SIZE 4u

struct counters {
	u64 rx_frames, rx_bytes, tx_frames, tx_bytes;
	u64 forwarded, local;
	u32 rx_errors, rx_tagged, rx_unknown, rx_bad_ip;
	u32 tx_drops, no_route, no_arp, expired;
};

struct port {
	/* used for every frame */
	struct descriptor *rx, *tx;
	u32 rx_next, tx_next;
	u32 bit;		/* 1 << index */
	u32 csr;		/* register window in kseg1 */
	struct counters counters;
	/* identity */
	u8 slot, number;
	u8 mac[6];
	char name[24];
	/* configuration */
	u32 address, mask;	/* 0 = none */
	u8 up;			/* not shut down */
};

extern struct port ports[MAX_PORTS];
extern u32 port_count;
extern u32 wanting_kick;	/* bits of the ports with new frames in their transmit rings */

/* main.c */
extern u32 uptime;		/* seconds */
extern u32 count_hz;		/* increments of Count per second */
void *allocate(u32 size, u32 alignment);
/* Handles what the network and the clock bring, and sleeps if there was nothing; 1 if the console wants attention. */
int run_network(void);

/* start.S */
void wait_for_interrupt(u32 mask);
void rom_service(u32 number);

/* chassis.c */
void read_chassis_mac(u8 *mac);
u32 read_count_rate(void);
void find_controllers(void (*found)(u32 slot, u32 csr));
void enable_slot_interrupts(u32 slot);
int slot_interrupt_pending(u32 slot, u32 word0, u32 word1);

/* port.c */
void create_ports(void);
void start_port(struct port *port);
void stop_port(struct port *port);
int link_is_up(const struct port *port);
void acknowledge_ports(u32 word0, u32 word1);
void kick_ports(void);
struct port *port_named(u32 slot, u32 number);

/* Sends the frame in the holder's buffer; the holder gets another buffer. A full ring counts a drop; 1 if sent. */
static inline int send_frame(struct port *out, struct descriptor *holder, u32 length)
{
	struct descriptor *d = &out->tx[out->tx_next];
	u32 buffer = d->buffer;

	if (d->status & DESC_OWN) {
		REG32(out->csr + 8) = 1;	/* CSR1: the chip may free the descriptor at once */
		if (d->status & DESC_OWN) {
			out->counters.tx_drops++;
			return 0;
		}
	}
	d->buffer = holder->buffer;
	holder->buffer = buffer;
	d->control = (d->control & TX_END_OF_RING) | TX_FIRST | TX_LAST | length;
	barrier();
	d->status = DESC_OWN;
	out->tx_next = (out->tx_next + 1) & (RING_SIZE - 1);
	out->counters.tx_frames++;
	out->counters.tx_bytes += length;
	wanting_kick |= out->bit;
	return 1;
}

/* forward.c */
int receive_frames(struct port *in);
void flush_cache(void);
void cache_destination(u32 destination, struct port *out, const u8 *mac);
void put_ethernet_header(u8 *frame, const struct port *out, const u8 *mac, u32 type);

/* ip.c */
#define ETHERNET_HEADER 14u
#define TYPE_IP 0x0800u
#define TYPE_ARP 0x0806u
#define TYPE_VLAN 0x8100u
#define IP_HEADER 20u
#define PROTOCOL_ICMP 1
struct ip_header {
	u8 version_length, service;
	u16 length, id, fragment;
	u8 ttl, protocol;
	u16 sum;
	u16 source[2], destination[2];	/* half-words: the header is not aligned to words */
};
#define IP_OF(frame) ((struct ip_header *)((frame) + ETHERNET_HEADER))
#define ADDRESS(halves) ((u32)(halves)[0] << 16 | (halves)[1])
extern struct descriptor *spare;	/* holds the buffer for frames the forwarder makes itself */
u8 *spare_frame(void);
u32 checksum(const void *data, u32 length, u32 sum);
void receive_ip(struct port *in, struct descriptor *holder, u8 *frame, u32 length);
/* Routes and sends a finished IP packet. forwarded = errors are reported to the sender. */
void send_ip(struct descriptor *holder, u32 length, int forwarded);
void finish_ip_header(u8 *frame, u32 protocol, u32 source, u32 destination, u32 payload);
struct port *port_with_address(u32 address);

/* icmp.c */
#define ICMP_UNREACHABLE 3
#define ICMP_EXPIRED 11
#define UNREACHABLE_NET 0
#define UNREACHABLE_HOST 1
#define UNREACHABLE_PROTOCOL 2
#define UNREACHABLE_PORT 3
void receive_icmp(struct port *in, struct descriptor *holder, u8 *frame, u32 length);
void send_icmp_error(u32 type, u32 code, const u8 *frame);
void refill_error_allowance(void);
void ping(u32 destination);

/* arp.c */
void create_arp_table(void);
void receive_arp(struct port *in, const u8 *frame, u32 length);
/* Sends when the next hop's MAC is known, else keeps the packet and asks. */
void send_to_neighbour(struct port *out, u32 next_hop, struct descriptor *holder, u32 length, int forwarded);
void announce(struct port *port);
void age_arp(void);
void clear_arp(const struct port *port);
void show_arp(void);

/* route.c */
struct route {
	u32 network, mask;
	u32 gateway;		/* 0 = directly connected */
	struct port *out;
};
#define MAX_STATIC_ROUTES 256
void rebuild_routes(void);
const struct route *find_route(u32 destination);
int add_static_route(u32 network, u32 mask, u32 gateway);
int remove_static_route(u32 network, u32 mask, u32 gateway);
void write_static_routes(void (*line)(const char *format, ...));
void show_routes(void);

/* config.c */
extern char hostname[NAME_LIMIT];
struct session {
	struct port *interface;		/* the one `interface` named last, or NULL */
};
/* Carries out a configuration line; NULL or a message. */
const char *configure(struct session *session, int argc, char **argv);
void default_configuration(void);
int load_configuration(void);
void write_configuration(void (*line)(const char *format, ...));
const char *save_configuration(void);
int parse_address(const char *text, u32 *address);
int parse_interface(int argc, char **argv, struct port **port);

/* nvram.c */
/* Copies the startup configuration; its length, 0 if there is none, -1 if it is in a form we cannot read. */
int read_startup(char *to, u32 size);
const char *write_startup(const char *text, u32 length);

/* console.c, show.c */
void print(const char *format, ...);
void print_address(u32 address);
/* The same, 15 columns wide. */
void print_address_column(u32 address);
void start_console(void);
void read_console(void);
int console_interrupted(void);
void show_command(int argc, char **argv);
void show_interfaces(void);
void list_interfaces(void);

#endif
