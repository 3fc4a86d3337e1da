/* Lines of the configuration below "router ospf". */
#include "config.h"

#include <string.h>

/* An area is a number or written like an address. */
static bool parse_area(const char *word, uint32_t *area)
{
	unsigned number;

	if (parse_number(word, 0, 0xffffffff, &number)) {
		*area = number;
		return true;
	}
	return parse_address(word, area);
}

/* network A.B.C.D WILDCARD area AREA */
static const char *network_line(struct ospf *ospf, struct words words)
{
	struct network network;
	unsigned at = 0;

	if (words.count < 5)
		return incomplete_line;
	if (words.count > 5 || !parse_address(words.word[1], &network.address) || !parse_address(words.word[2], &network.wildcard)
		|| !is(words.word[3], "area", 1) || !parse_area(words.word[4], &network.area))
		return unknown_line;
	network.address &= ~network.wildcard;
	while (at < ospf->network_count
		&& (ospf->networks[at].address != network.address || ospf->networks[at].wildcard != network.wildcard))
		at++;
	if (words.no) {
		if (at == ospf->network_count)
			return "there is no such network";
		ospf->network_count--;
		memmove(&ospf->networks[at], &ospf->networks[at + 1], (ospf->network_count - at) * sizeof network);
		return NULL;
	}
	if (at == NETWORKS)
		return "too many networks";
	ospf->networks[at] = network;
	if (at == ospf->network_count)
		ospf->network_count++;
	return NULL;
}

static const char *passive_line(struct parser *parser, struct words words)
{
	struct config *config = parser->config;
	struct interface named;
	struct interface *interface;

	if (words.count < 2)
		return incomplete_line;
	if (is(words.word[1], "default", 3)) {
		config->ospf.passive_default = !words.no;
		for (unsigned i = 0; i < config->interface_count; i++)
			config->interfaces[i].passive = false;
		return NULL;
	}
	if (parse_interface_name(words.count - 1, words.word + 1, &named) != words.count - 1)
		return "there is no such interface";
	interface = need_interface(config, &named);
	if (interface == NULL)
		return "too many interfaces";
	interface->passive = words.no == config->ospf.passive_default;
	return NULL;
}

/* redistribute connected|static [subnets] [metric N] [metric-type 1|2] */
static const char *redistribute_line(struct ospf *ospf, struct words words)
{
	struct redistribute new = {.on = true, .type = 2};
	struct redistribute *which;

	if (words.count < 2)
		return incomplete_line;
	if (is(words.word[1], "connected", 1))
		which = &ospf->connected;
	else if (is(words.word[1], "static", 1))
		which = &ospf->fixed;
	else
		return "only connected and static are supported";
	if (words.no) {
		*which = (struct redistribute){0};
		return NULL;
	}
	for (int i = 2; i < words.count; i++) {
		if (is(words.word[i], "subnets", 1)) {
			continue;
		} else if (i + 1 < words.count && is(words.word[i], "metric-type", 7)) {
			if (!parse_number(words.word[++i], 1, 2, &new.type))
				return unknown_line;
		} else if (i + 1 < words.count && is(words.word[i], "metric", 1)) {
			if (!parse_number(words.word[++i], 0, 0xfffffe, &new.metric))
				return unknown_line;
			new.has_metric = true;
		} else {
			return unknown_line;
		}
	}
	*which = new;
	return NULL;
}

static const char *originate_line(struct ospf *ospf, struct words words)
{
	if (words.count < 2)
		return incomplete_line;
	if (!is(words.word[1], "originate", 1))
		return unknown_line;
	if (words.count > 3 || (words.count == 3 && !is(words.word[2], "always", 1)))
		return unknown_line;
	ospf->originate = !words.no;
	ospf->originate_always = !words.no && words.count == 3;
	return NULL;
}

const char *ospf_line(struct parser *parser, struct words words)
{
	struct ospf *ospf = &parser->config->ospf;
	const char *first = words.word[0];

	if (is(first, "router-id", 7)) {
		uint32_t id = 0;

		if (!words.no && words.count < 2)
			return incomplete_line;
		if (!words.no && (words.count > 2 || !parse_address(words.word[1], &id) || id == 0))
			return unknown_line;
		ospf->router_id = id;
		return NULL;
	}
	if (is(first, "network", 3))
		return network_line(ospf, words);
	if (is(first, "passive-interface", 3))
		return passive_line(parser, words);
	if (is(first, "redistribute", 3))
		return redistribute_line(ospf, words);
	if (is(first, "default-information", 9))
		return originate_line(ospf, words);
	if (is(first, "log-adjacency-changes", 3))
		return NULL;
	return unknown_line;
}
