/* The configuration as lines. */
#include "config.h"

#include <stdio.h>
#include <string.h>

void init_config(struct config *config)
{
	memset(config, 0, sizeof *config);
	strcpy(config->hostname, DEFAULT_HOSTNAME);
}

static void print_ospf_of(const struct interface_ospf *ospf, struct text *out)
{
	if (ospf->authentication != AUTH_NONE)
		add(out, " ip ospf authentication%s\n", ospf->authentication == AUTH_MD5 ? " message-digest" : "");
	if (ospf->key[0])
		add(out, " ip ospf authentication-key %s\n", ospf->key);
	if (ospf->digest_id)
		add(out, " ip ospf message-digest-key %u md5 %s\n", ospf->digest_id, ospf->digest_key);
	if (ospf->point_to_point)
		add(out, " ip ospf network point-to-point\n");
	if (ospf->cost)
		add(out, " ip ospf cost %u\n", ospf->cost);
	if (ospf->hello)
		add(out, " ip ospf hello-interval %u\n", ospf->hello);
	if (ospf->dead)
		add(out, " ip ospf dead-interval %u\n", ospf->dead);
	if (ospf->has_priority)
		add(out, " ip ospf priority %u\n", ospf->priority);
}

static void print_interface(const struct interface *interface, struct text *out)
{
	add(out, "interface %s\n", interface->name);
	if (interface->description[0])
		add(out, " description %s\n", interface->description);
	if (interface->mtu)
		add(out, " mtu %u\n", interface->mtu);
	if (interface->address_count == 0)
		add(out, " no ip address\n");
	for (unsigned i = 0; i < interface->address_count; i++)
		add(out, " ip address " DOTTED " " DOTTED "%s\n", DOTS(interface->addresses[i].address),
			DOTS(interface->addresses[i].mask), interface->addresses[i].secondary ? " secondary" : "");
	for (unsigned i = 0; i < interface->address6_count; i++)
		add(out, " ipv6 address %s/%u\n", interface->addresses6[i].text, interface->addresses6[i].length);
	print_ospf_of(&interface->ospf, out);
	add(out, interface->shutdown ? " shutdown\n!\n" : " no shutdown\n!\n");
}

static void print_redistribute(const char *what, const struct redistribute *redistribute, struct text *out)
{
	if (!redistribute->on)
		return;
	add(out, " redistribute %s", what);
	if (redistribute->has_metric)
		add(out, " metric %u", redistribute->metric);
	if (redistribute->type != 2)
		add(out, " metric-type %u", redistribute->type);
	add(out, " subnets\n");
}

static void print_router(const struct config *config, struct text *out)
{
	const struct ospf *ospf = &config->ospf;

	if (ospf->process == 0)
		return;
	add(out, "router ospf %u\n", ospf->process);
	if (ospf->router_id)
		add(out, " router-id " DOTTED "\n", DOTS(ospf->router_id));
	print_redistribute("connected", &ospf->connected, out);
	print_redistribute("static", &ospf->fixed, out);
	if (ospf->passive_default)
		add(out, " passive-interface default\n");
	for (unsigned i = 0; i < config->interface_count; i++)
		if (config->interfaces[i].passive)
			add(out, " %spassive-interface %s\n", ospf->passive_default ? "no " : "", config->interfaces[i].name);
	for (unsigned i = 0; i < ospf->network_count; i++)
		add(out, " network " DOTTED " " DOTTED " area %u\n", DOTS(ospf->networks[i].address),
			DOTS(ospf->networks[i].wildcard), ospf->networks[i].area);
	if (ospf->originate)
		add(out, " default-information originate%s\n", ospf->originate_always ? " always" : "");
	add(out, "!\n");
}

static void print_routes(const struct config *config, struct text *out)
{
	for (unsigned i = 0; i < config->route_count; i++) {
		const struct route *route = &config->routes[i];

		add(out, "ip route " DOTTED " " DOTTED, DOTS(route->network), DOTS(route->mask));
		if (route->interface[0])
			add(out, " %s", route->interface);
		if (route->gateway)
			add(out, " " DOTTED, DOTS(route->gateway));
		if (route->distance != 1)
			add(out, " %u", route->distance);
		add(out, "\n");
	}
	for (unsigned i = 0; i < config->route6_count; i++)
		add(out, "ipv6 route %s/%u %s\n", config->routes6[i].network, config->routes6[i].length, config->routes6[i].gateway);
	if (config->route_count || config->route6_count)
		add(out, "!\n");
}

/* A character that ends the banner and is not in it. */
static char delimiter_for(const char *banner)
{
	static const char choices[] = "#%@$~|`&*+=?;:";

	for (const char *c = choices; *c; c++)
		if (strchr(banner, *c) == NULL)
			return *c;
	return '\003';
}

void print_config(const struct config *config, struct text *out)
{
	add(out, "!\nhostname %s\n!\n", config->hostname);
	for (unsigned i = 0; i < config->name_server_count; i++)
		add(out, "ip name-server " DOTTED "%s", DOTS(config->name_servers[i]),
			i + 1 < config->name_server_count ? "\n" : "\n!\n");
	for (unsigned i = 0; i < config->interface_count; i++)
		print_interface(&config->interfaces[i], out);
	print_router(config, out);
	print_routes(config, out);
	if (config->banner[0]) {
		char delimiter = delimiter_for(config->banner);

		add(out, "banner motd %c%s%c\n!\n", delimiter, config->banner, delimiter);
	}
	add(out, "end\n");
}
