/* The forwarding loop. A packet whose destination was seen lately is checked, rewritten and moved to the other ring
 * here; everything else goes to the complete code in ip.c and arp.c. */
#include "forwarder.h"

#define BATCH 64
#define CACHE_SIZE 1024u
#define CACHE_SLOT(destination) (((destination) ^ (destination) >> 12) & (CACHE_SIZE - 1))
#define PLAIN_HEADER 0x45u
#define TTL_STEP 0x0100u

/* A destination that can be reached now: the first three words of the Ethernet header and the way out. */
struct cached {
	u32 destination;	/* 0 = free */
	u32 header[3];
	struct port *out;
	u32 unused[3];		/* keeps the size a power of two */
};

static struct cached cache[CACHE_SIZE];

void flush_cache(void)
{
	memset(cache, 0, sizeof cache);
}

void put_ethernet_header(u8 *frame, const struct port *out, const u8 *mac, u32 type)
{
	memcpy(frame, mac, 6);
	memcpy(frame + 6, out->mac, 6);
	*(u16 *)(frame + 12) = (u16)type;
}

void cache_destination(u32 destination, struct port *out, const u8 *mac)
{
	struct cached *entry = &cache[CACHE_SLOT(destination)];
	u32 header[4];

	put_ethernet_header((u8 *)header, out, mac, TYPE_IP);
	memcpy(entry->header, header, sizeof entry->header);
	entry->out = out;
	entry->destination = destination;
}

static void receive_other(struct port *in, struct descriptor *d, u8 *frame, u32 length)
{
	u32 type = *(u16 *)(frame + 12);

	if (length < ETHERNET_HEADER || length > FRAME_MAX + 4)
		in->counters.rx_errors++;
	else if (type == TYPE_IP)
		receive_ip(in, d, frame, length);
	else if (type == TYPE_ARP)
		receive_arp(in, frame, length);
	else if (type == TYPE_VLAN)
		in->counters.rx_tagged++;
	else
		in->counters.rx_unknown++;
}

/* True if a plain IP header's check sum is right. The half-words may be added word by word. */
static inline int header_is_sound(u64 first, u64 a, u64 b, u64 c, u64 d, u64 last)
{
	u64 sum = first + a + b + c + d + last;

	sum = (sum & 0xFFFF) + (sum >> 16 & 0xFFFF) + (sum >> 32);
	return (sum & 0xFFFF) + (sum >> 16) == 0xFFFF;
}

/* Moves a plain IP packet to the ring it leaves by; 0 if it needs the complete treatment. The frame starts on a word
 * boundary, so the header's words lie half a word off: w16 holds total length and id, w20 fragment, TTL and protocol, w24
 * check sum and half the source, w28 the rest of it and half the destination. They are 64 bits wide for the sum. */
static inline int forward(struct descriptor *d, u8 *frame, u32 length)
{
	u64 first = *(u16 *)(frame + 14);
	u64 w16 = *(u32 *)(frame + 16);
	u64 w20 = *(u32 *)(frame + 20);
	u64 w24 = *(u32 *)(frame + 24);
	u64 w28 = *(u32 *)(frame + 28);
	u64 last = *(u16 *)(frame + 32);
	u32 destination = (u32)w28 << 16 | (u32)last;
	const struct cached *entry = &cache[CACHE_SLOT(destination)];
	u32 room = length - (ETHERNET_HEADER + IP_HEADER);	/* huge if the frame is too short */
	u32 sum;

	if (*(u16 *)(frame + 12) != TYPE_IP || first >> 8 != PLAIN_HEADER || entry->destination != destination
		|| room > FRAME_MAX - (ETHERNET_HEADER + IP_HEADER) || (u32)(w16 >> 16) - IP_HEADER > room
		|| (w20 & 0xFF00) <= TTL_STEP || !header_is_sound(first, w16, w20, w24, w28, last))
		return 0;
	*(u32 *)frame = entry->header[0];
	*(u32 *)(frame + 4) = entry->header[1];
	*(u32 *)(frame + 8) = entry->header[2];
	*(u32 *)(frame + 20) = (u32)w20 - TTL_STEP;
	sum = (u32)(w24 >> 16) + TTL_STEP;
	*(u16 *)(frame + 24) = (u16)(sum + (sum >> 16));
	send_frame(entry->out, d, length);
	return 1;
}

int receive_frames(struct port *in)
{
	u32 next = in->rx_next;
	u32 bytes = 0;
	u32 forwarded = 0;
	u32 count;

	for (count = 0; count < BATCH; count++) {
		struct descriptor *d = &in->rx[next];
		u32 status = d->status;
		u32 length = RX_LENGTH(status) - CRC_SIZE;
		u8 *frame = (u8 *)KSEG1(d->buffer);

		if (status & DESC_OWN)
			break;
		barrier();
		next = (next + 1) & (RING_SIZE - 1);
		bytes += length;
		switch (status & (RX_ERROR | RX_FIRST | RX_LAST | RX_MULTICAST)) {
		case RX_FIRST | RX_LAST:
			if (forward(d, frame, length)) {
				forwarded++;
				break;
			}
			receive_other(in, d, frame, length);
			break;
		case RX_FIRST | RX_LAST | RX_MULTICAST:
			receive_other(in, d, frame, length);
			break;
		default:
			in->counters.rx_errors++;
		}
		barrier();
		d->status = DESC_OWN;
	}
	if (count) {
		in->rx_next = next;
		in->counters.rx_frames += count;
		in->counters.rx_bytes += bytes;
		in->counters.forwarded += forwarded;
		if (count >= BATCH / 2)
			REG32(in->csr + 2 * 8) = 1;
	}
	return count != 0;
}
