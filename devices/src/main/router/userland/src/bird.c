/* The configuration of BIRD: connected and static routes, OSPF, and all of it in the kernel. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#define FAST_ETHERNET_COST 1
#define ETHERNET_COST 10
#define DEFAULT_METRIC 20
#define DEFAULT_HELLO 10
/* What BIRD calls the preference: larger is better; 150 for OSPF, 240 for connected networks. */
#define STATIC_BEST 200
#define OSPF_PREFERENCE 150
#define OSPF_DISTANCE 110

static bool is_up(const struct interface *interface)
{
	return !interface->shutdown && interface->address_count;
}

/* The one configured; else the highest address of a loopback; else the highest of all. */
static uint32_t router_id(const struct config *config)
{
	uint32_t best = 0;
	bool loopback = false;

	if (config->ospf.router_id)
		return config->ospf.router_id;
	for (unsigned i = 0; i < config->interface_count; i++) {
		const struct interface *interface = &config->interfaces[i];

		for (unsigned j = 0; is_up(interface) && j < interface->address_count; j++) {
			uint32_t address = interface->addresses[j].address;

			if (interface->loopback > loopback || (interface->loopback == loopback && address > best)) {
				best = address;
				loopback = interface->loopback;
			}
		}
	}
	/* Without any address there is no one to tell it to; but BIRD must have one. */
	return best ? best : 1;
}

/* --- Static routes ------------------------------------------------------------------------------------------------- */

static unsigned preference(unsigned distance)
{
	if (distance <= OSPF_DISTANCE)
		return STATIC_BEST - (distance - 1) * (STATIC_BEST - OSPF_PREFERENCE - 1) / OSPF_DISTANCE;
	return OSPF_PREFERENCE - (distance - OSPF_DISTANCE);
}

/* Whether a router is on a network of ours, be it up or not: then it is reached directly, else by the route to it. */
static bool is_neighbour(const struct config *config, uint32_t gateway)
{
	for (unsigned i = 0; i < config->interface_count; i++) {
		const struct interface *interface = &config->interfaces[i];

		for (unsigned j = 0; !interface->loopback && j < interface->address_count; j++)
			if (((interface->addresses[j].address ^ gateway) & interface->addresses[j].mask) == 0)
				return true;
	}
	return false;
}

static bool same_network(const struct route *a, const struct route *b)
{
	return a->network == b->network && a->mask == b->mask && a->distance == b->distance;
}

static bool is_first_of_network(const struct config *config, unsigned at)
{
	for (unsigned i = 0; i < at; i++)
		if (same_network(&config->routes[i], &config->routes[at]))
			return false;
	return true;
}

/* All ways to a network with one distance make one route. A way by another route cannot be mixed with others: it comes first. */
static void print_route(const struct config *config, unsigned at, struct text *out)
{
	const struct route *first = &config->routes[at];

	add(out, "\troute " DOTTED "/%u", DOTS(first->network), mask_length(first->mask));
	for (unsigned i = at; i < config->route_count; i++) {
		const struct route *route = &config->routes[i];

		if (!same_network(first, route))
			continue;
		if (strcmp(route->device, "null") == 0) {
			add(out, i == at ? " blackhole" : "");
		} else if (route->gateway && !route->device[0] && !is_neighbour(config, route->gateway)) {
			add(out, i == at ? " recursive " DOTTED : "", DOTS(route->gateway));
		} else {
			add(out, " via ");
			if (route->gateway)
				add(out, DOTTED, DOTS(route->gateway));
			if (route->device[0])
				add(out, route->gateway ? "%%'%s'" : "\"%s\"", route->device);
			continue;
		}
		if (i == at)
			break;
	}
	add(out, ";\n");
}

static void print_statics(const struct config *config, struct text *out)
{
	bool done[256] = {false};

	for (unsigned i = 0; i < config->route_count; i++) {
		unsigned distance = config->routes[i].distance;

		/* A distance of 255 means never. */
		if (distance >= 255 || done[distance])
			continue;
		done[distance] = true;
		add(out, "protocol static static%u {\n\tipv4 { preference %u; };\n", distance, preference(distance));
		for (unsigned j = i; j < config->route_count; j++)
			if (config->routes[j].distance == distance && is_first_of_network(config, j))
				print_route(config, j, out);
		add(out, "}\n");
	}
	if (config->ospf.process && config->ospf.originate_always)
		add(out, "protocol static fallback {\n\tipv4 { preference 1; };\n\troute 0.0.0.0/0 unreachable;\n}\n");
	if (config->route6_count == 0)
		return;
	add(out, "protocol static static6 {\n\tipv6;\n");
	for (unsigned i = 0; i < config->route6_count; i++) {
		const struct route6 *route = &config->routes6[i];
		bool first = true;

		for (unsigned j = 0; j < i; j++)
			first &= strcmp(config->routes6[j].network, route->network) != 0 || config->routes6[j].length != route->length;
		if (!first)
			continue;
		add(out, "\troute %s/%u", route->network, route->length);
		for (unsigned j = i; j < config->route6_count; j++)
			if (strcmp(config->routes6[j].network, route->network) == 0 && config->routes6[j].length == route->length)
				add(out, " via %s", config->routes6[j].gateway);
		add(out, ";\n");
	}
	add(out, "}\n");
}

/* --- OSPF ------------------------------------------------------------------------------------------------------------ */

/* The statement that an address falls under, the most specific one; NULL if none. */
static const struct network *network_of(const struct ospf *ospf, uint32_t address)
{
	const struct network *best = NULL;

	for (unsigned i = 0; i < ospf->network_count; i++) {
		const struct network *network = &ospf->networks[i];

		if ((address & ~network->wildcard) == network->address && (best == NULL || network->wildcard < best->wildcard))
			best = network;
	}
	return best;
}

static void print_authentication(const struct interface_ospf *ospf, struct text *out)
{
	if (ospf->authentication == AUTH_SIMPLE && ospf->key[0])
		add(out, "\t\t\tauthentication simple;\n\t\t\tpassword \"%s\";\n", ospf->key);
	if (ospf->authentication == AUTH_MD5 && ospf->digest_id)
		add(out, "\t\t\tauthentication cryptographic;\n\t\t\tpassword \"%s\" { id %u; algorithm keyed md5; };\n",
			ospf->digest_key, ospf->digest_id);
}

/* A network of an interface. Only the primary address has neighbours; other networks are just told about. */
static void print_ospf_interface(const struct config *config, const struct interface *interface, unsigned at, struct text *out)
{
	const struct interface_ospf *ospf = &interface->ospf;
	const struct address *address = &interface->addresses[at];
	unsigned hello = ospf->hello ? ospf->hello : DEFAULT_HELLO;
	unsigned dead = ospf->dead ? ospf->dead : 4 * hello;
	unsigned cost = strncmp(interface->device, "e", 1) == 0 ? ETHERNET_COST : FAST_ETHERNET_COST;

	if (interface->loopback) {
		add(out, "\t\tstubnet " DOTTED "/%u;\n", DOTS(address->address & address->mask), mask_length(address->mask));
		return;
	}
	add(out, "\t\tinterface \"%s\" " DOTTED "/%u {\n\t\t\tcost %u;\n", interface->device,
		DOTS(address->address & address->mask), mask_length(address->mask), ospf->cost ? ospf->cost : cost);
	if (address->secondary || interface->passive != config->ospf.passive_default) {
		add(out, "\t\t\tstub yes;\n\t\t};\n");
		return;
	}
	add(out, "\t\t\ttype %s;\n\t\t\thello %u;\n\t\t\tdead %u;\n\t\t\twait %u;\n\t\t\tpriority %u;\n",
		ospf->point_to_point ? "ptp" : "broadcast", hello, dead > 1 ? dead : 2, dead > 1 ? dead : 2,
		ospf->has_priority ? ospf->priority : 1);
	print_authentication(ospf, out);
	add(out, "\t\t};\n");
}

static void print_area(const struct config *config, uint32_t area, struct text *out)
{
	add(out, "\tarea " DOTTED " {\n", DOTS(area));
	for (unsigned i = 0; i < config->interface_count; i++) {
		const struct interface *interface = &config->interfaces[i];

		for (unsigned j = 0; is_up(interface) && j < interface->address_count; j++) {
			const struct network *network = network_of(&config->ospf, interface->addresses[j].address);

			if (network && network->area == area)
				print_ospf_interface(config, interface, j, out);
		}
	}
	add(out, "\t};\n");
}

static void print_accept(const char *source, const struct redistribute *redistribute, struct text *out)
{
	if (redistribute->on)
		add(out, "\t\t\tif source = %s then { ospf_metric%u = %u; accept; }\n", source, redistribute->type,
			redistribute->has_metric ? redistribute->metric : DEFAULT_METRIC);
}

static void print_export(const struct ospf *ospf, struct text *out)
{
	if (!ospf->connected.on && !ospf->fixed.on && !ospf->originate) {
		add(out, "\t\texport none;\n");
		return;
	}
	/* A static route whose gateway is out of reach is no route. */
	add(out, "\t\texport filter {\n\t\t\tif dest = RTD_UNREACHABLE && proto != \"fallback\" then reject;\n");
	/* The default route is told only where that is said. */
	if (ospf->originate)
		add(out, "\t\t\tif net = 0.0.0.0/0 then { ospf_metric2 = 1; accept; }\n");
	else
		add(out, "\t\t\tif net = 0.0.0.0/0 then reject;\n");
	print_accept("RTS_DEVICE", &ospf->connected, out);
	print_accept("RTS_STATIC", &ospf->fixed, out);
	add(out, "\t\t\treject;\n\t\t};\n");
}

static void print_ospf(const struct config *config, struct text *out)
{
	const struct ospf *ospf = &config->ospf;

	if (ospf->process == 0)
		return;
	add(out, "protocol ospf v2 ospf%u {\n\tecmp yes;\n\tipv4 {\n\t\timport all;\n", ospf->process);
	print_export(ospf, out);
	add(out, "\t};\n");
	for (unsigned i = 0; i < ospf->network_count; i++) {
		bool first = true;

		for (unsigned j = 0; j < i; j++)
			first &= ospf->networks[j].area != ospf->networks[i].area;
		if (first)
			print_area(config, ospf->networks[i].area, out);
	}
	/* BIRD wants an area in any case. */
	if (ospf->network_count == 0)
		add(out, "\tarea 0.0.0.0 {\n\t};\n");
	add(out, "}\n");
}

void print_bird(const struct config *config, struct text *out)
{
	add(out, "# Made from the router's configuration; changed whenever that changes.\n"
		"log \"/run/bird.log\" 65536 \"/run/bird.log.1\" all;\nrouter id " DOTTED ";\n", DOTS(router_id(config)));
	add(out, "protocol device {\n\tscan time 10;\n}\n"
		"protocol direct connected {\n\tipv4;\n\tipv6;\n}\n"
		"protocol kernel kernel4 {\n\tmerge paths yes;\n\tipv4 {\n"
		"\t\texport where source != RTS_DEVICE && dest != RTD_UNREACHABLE;\n\t};\n}\n"
		"protocol kernel kernel6 {\n\tipv6 { export where source != RTS_DEVICE; };\n}\n");
	print_statics(config, out);
	print_ospf(config, out);
}
