/* Routes: the static ones as configured, and the table made of them and of the interfaces' networks. */
#include "forwarder.h"

#define MAX_ROUTES (MAX_STATIC_ROUTES + MAX_PORTS)

static struct route configured[MAX_STATIC_ROUTES];
static u32 configured_count;
static struct route table[MAX_ROUTES];		/* longest mask first */
static u32 table_count;

static void insert(const struct route *route)
{
	u32 i = table_count++;

	for (; i > 0 && table[i - 1].mask < route->mask; i--)
		table[i] = table[i - 1];
	table[i] = *route;
}

static struct port *port_reaching(u32 gateway)
{
	for (u32 i = 0; i < port_count; i++)
		if (ports[i].up && ports[i].address && (gateway & ports[i].mask) == (ports[i].address & ports[i].mask))
			return &ports[i];
	return NULL;
}

void rebuild_routes(void)
{
	table_count = 0;
	for (u32 i = 0; i < port_count; i++)
		if (ports[i].up && ports[i].address) {
			struct route r = {ports[i].address & ports[i].mask, ports[i].mask, 0, &ports[i]};

			insert(&r);
		}
	for (u32 i = 0; i < configured_count; i++) {
		struct route r = configured[i];

		r.out = port_reaching(r.gateway);
		if (r.out)
			insert(&r);
	}
	flush_cache();
}

const struct route *find_route(u32 destination)
{
	for (u32 i = 0; i < table_count; i++)
		if ((destination & table[i].mask) == table[i].network)
			return &table[i];
	return NULL;
}

static int find_static(u32 network, u32 mask, u32 gateway)
{
	for (u32 i = 0; i < configured_count; i++)
		if (configured[i].network == network && configured[i].mask == mask && configured[i].gateway == gateway)
			return (int)i;
	return -1;
}

int add_static_route(u32 network, u32 mask, u32 gateway)
{
	if (find_static(network, mask, gateway) < 0) {
		if (configured_count == MAX_STATIC_ROUTES)
			return 0;
		configured[configured_count++] = (struct route){network, mask, gateway, NULL};
	}
	rebuild_routes();
	return 1;
}

int remove_static_route(u32 network, u32 mask, u32 gateway)
{
	int i = find_static(network, mask, gateway);

	if (i < 0)
		return 0;
	configured[i] = configured[--configured_count];
	rebuild_routes();
	return 1;
}

void write_static_routes(void (*line)(const char *format, ...))
{
	for (u32 i = 0; i < configured_count; i++) {
		const struct route *r = &configured[i];

		line("ip route %u.%u.%u.%u %u.%u.%u.%u %u.%u.%u.%u\n", r->network >> 24, r->network >> 16 & 255,
			r->network >> 8 & 255, r->network & 255, r->mask >> 24, r->mask >> 16 & 255, r->mask >> 8 & 255,
			r->mask & 255, r->gateway >> 24, r->gateway >> 16 & 255, r->gateway >> 8 & 255,
			r->gateway & 255);
	}
}

static u32 prefix_length(u32 mask)
{
	u32 n = 0;

	for (; mask; mask <<= 1)
		n++;
	return n;
}

void show_routes(void)
{
	print("Codes: C - connected, S - static\n");
	for (u32 i = 0; i < table_count; i++) {
		const struct route *r = &table[i];

		print("%c  ", r->gateway ? 'S' : 'C');
		print_address(r->network);
		print("/%-2u ", prefix_length(r->mask));
		if (r->gateway) {
			print("via ");
			print_address(r->gateway);
			print(", ");
		} else {
			print("is directly connected, ");
		}
		print("%s\n", r->out->name);
	}
}
