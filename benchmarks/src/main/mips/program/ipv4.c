/* Forwarding IPv4 headers: check, longest match in a binary trie, new header into the outgoing buffer, counters. */
#include "bench.h"

#define ROUTES 2000u
#define NODES 24000u
#define PACKETS 1024u
#define PORTS 16u
#define ROUNDS 560u
#define NO_ROUTE 0xFFu

struct node {
	struct node *child[2];
	u32 port;
};

struct header {
	u8 version, service;
	u16 length, id, fragment;
	u8 ttl, protocol;
	u16 checksum;
	u32 source, destination;
};

struct port {
	u32 packets, bytes;
};

const char program_name[] = "ipv4";

static struct node nodes[NODES];
static u32 used;
static struct header received[PACKETS], sent[PACKETS];
static struct port ports[PORTS];
static u32 expired, damaged, unreachable;

static struct node *new_node(void)
{
	struct node *n = &nodes[used < NODES - 1 ? used++ : used];

	n->port = NO_ROUTE;
	return n;
}

static void add_route(u32 prefix, u32 length, u32 port)
{
	struct node *n = nodes;

	for (; length; length--, prefix <<= 1) {
		struct node **child = &n->child[prefix >> 31];

		if (*child == NULL)
			*child = new_node();
		n = *child;
	}
	n->port = port;
}

static NOINLINE u32 look_up(u32 address)
{
	u32 port = NO_ROUTE;

	for (const struct node *n = nodes; n; address <<= 1) {
		if (n->port != NO_ROUTE)
			port = n->port;
		n = n->child[address >> 31];
	}
	return port;
}

static NOINLINE u32 header_sum(const struct header *h)
{
	const u16 *half = (const u16 *)h;
	u32 sum = 0;

	for (u32 i = 0; i < sizeof *h / 2; i++)
		sum += half[i];
	sum = (sum & 0xFFFF) + (sum >> 16);
	return (sum + (sum >> 16)) & 0xFFFF;
}

static NOINLINE void forward(const struct header *in, struct header *out)
{
	u32 port, sum;

	if (in->version != 0x45 || header_sum(in) != 0xFFFF) {
		damaged++;
		return;
	}
	if (in->ttl <= 1) {
		expired++;
		return;
	}
	port = look_up(in->destination);
	if (port == NO_ROUTE) {
		unreachable++;
		return;
	}
	*out = *in;
	out->ttl--;
	sum = out->checksum + 0x100u;		/* RFC 1141: the high byte of a summed halfword is one less */
	out->checksum = (u16)(sum + (sum >> 16));
	ports[port].packets++;
	ports[port].bytes += out->length;
}

static void make_packet(struct header *h, u32 *seed)
{
	u32 random = next_random(seed);

	h->version = 0x45;
	h->service = random & 0xFC;
	h->length = 40 + (random >> 8 & 1023);
	h->id = (u16)next_random(seed);
	h->ttl = random >> 20 & 63 ? 64 : 1;
	h->protocol = 17;
	h->source = next_random(seed);
	h->destination = next_random(seed);
	h->checksum = (u16)~header_sum(h);
	if ((random >> 26) == 5)
		h->id ^= 1;
}

void prepare(void)
{
	u32 seed = 31337;

	new_node();
	for (u32 i = 0; i < ROUTES; i++) {
		u32 prefix = next_random(&seed);
		u32 length = 6 + (next_random(&seed) >> 10) % 13 + (prefix & 7);

		add_route(prefix, length, i % PORTS);
	}
	for (u32 i = 0; i < 200; i++)		/* and some short ones, so that most packets have a route */
		add_route(next_random(&seed), 3 + i % 5, i % PORTS);
	for (u32 i = 0; i < PACKETS; i++)
		make_packet(&received[i], &seed);
}

u32 work(void)
{
	u32 rounds = times(ROUNDS);
	u32 result;

	expired = damaged = unreachable = 0;
	for (u32 i = 0; i < PORTS; i++)
		ports[i].packets = ports[i].bytes = 0;
	for (u32 i = 0; i < rounds; i++)
		for (u32 p = 0; p < PACKETS; p++)
			forward(&received[p], &sent[p]);
	result = expired + damaged * 3 + unreachable * 5;
	for (u32 i = 0; i < PORTS; i++)
		result = result * 31 + ports[i].packets * 7 + ports[i].bytes;
	for (u32 p = 0; p < PACKETS; p++)
		result = (result << 1 | result >> 31) ^ sent[p].checksum ^ (u32)sent[p].ttl << 16;
	return result;
}
