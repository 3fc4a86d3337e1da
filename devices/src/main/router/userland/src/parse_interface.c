/* Lines of the configuration below "interface". */
#include "config.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

static const char *remove_addresses(struct interface *interface, const struct address *which)
{
	unsigned kept = 0;
	unsigned count = interface->address_count;

	for (unsigned i = 0; i < count; i++)
		if (which && (interface->addresses[i].address != which->address || interface->addresses[i].mask != which->mask))
			interface->addresses[kept++] = interface->addresses[i];
	interface->address_count = kept;
	return which && kept == count ? "there is no such address" : NULL;
}

static const char *check_address(const struct address *address)
{
	uint32_t host = address->address & ~address->mask;
	uint32_t first = address->address >> 24;

	if (first == 0 || first == 127 || first >= 224)
		return "that is no address for an interface";
	if (mask_length(address->mask) < 31 && (host == 0 || host == ~address->mask))
		return "the address is that of a network";
	return NULL;
}

static const char *set_address(struct interface *interface, const struct address *address)
{
	unsigned at = 0;

	if (!address->secondary) {
		if (interface->address_count && !interface->addresses[0].secondary) {
			interface->addresses[0] = *address;
			return NULL;
		}
	} else {
		while (at < interface->address_count && interface->addresses[at].address != address->address)
			at++;
	}
	if (at == interface->address_count || !address->secondary) {
		if (interface->address_count == ADDRESSES)
			return "too many addresses";
		memmove(&interface->addresses[at + 1], &interface->addresses[at],
			(interface->address_count - at) * sizeof *address);
		interface->address_count++;
	}
	interface->addresses[at] = *address;
	return NULL;
}

/* ip address A.B.C.D MASK [secondary] */
static const char *address_line(struct interface *interface, struct words words)
{
	struct address address = {0};
	const char *wrong;

	if (words.no && words.count == 2)
		return remove_addresses(interface, NULL);
	if (words.count < 4)
		return words.count > 2 && is(words.word[2], "dhcp", 4) ? "not supported" : incomplete_line;
	if (!parse_address(words.word[2], &address.address) || !parse_mask(words.word[3], &address.mask))
		return unknown_line;
	address.secondary = words.count > 4 && is(words.word[4], "secondary", 3);
	if (words.count > 4 + address.secondary)
		return unknown_line;
	if (words.no)
		return remove_addresses(interface, &address);
	wrong = check_address(&address);
	return wrong ? wrong : set_address(interface, &address);
}

/* A word that may be "0 KEY": the key is not encrypted. */
static const char *key_word(struct words words, int at, char *key, size_t limit)
{
	if (at + 1 < words.count && strcmp(words.word[at], "0") == 0)
		at++;
	if (at >= words.count)
		return incomplete_line;
	if (at + 1 < words.count)
		return "encrypted keys are not supported";
	if (strlen(words.word[at]) > limit)
		return "the key is too long";
	if (strpbrk(words.word[at], "\"\\"))
		return "a key has no quotation marks and no \\";
	strcpy(key, words.word[at]);
	return NULL;
}

static const char *number_word(struct words words, unsigned most, unsigned *value)
{
	unsigned number;

	if (words.no) {
		*value = 0;
		return NULL;
	}
	if (words.count < 4)
		return incomplete_line;
	if (words.count > 4 || !parse_number(words.word[3], 1, most, &number))
		return unknown_line;
	*value = number;
	return NULL;
}

static const char *authentication_line(struct interface_ospf *ospf, struct words words)
{
	if (words.no)
		ospf->authentication = AUTH_NONE;
	else if (words.count == 3)
		ospf->authentication = AUTH_SIMPLE;
	else if (is(words.word[3], "message-digest", 1))
		ospf->authentication = AUTH_MD5;
	else if (is(words.word[3], "null", 1))
		ospf->authentication = AUTH_NONE;
	else
		return unknown_line;
	return NULL;
}

/* ip ospf message-digest-key ID md5 KEY */
static const char *digest_line(struct interface_ospf *ospf, struct words words)
{
	const char *wrong;
	unsigned id;

	if (words.no) {
		ospf->digest_id = 0;
		ospf->digest_key[0] = 0;
		return NULL;
	}
	if (words.count < 6)
		return incomplete_line;
	if (!parse_number(words.word[3], 1, 255, &id) || !is(words.word[4], "md5", 3))
		return unknown_line;
	wrong = key_word(words, 5, ospf->digest_key, 16);
	if (wrong == NULL)
		ospf->digest_id = id;
	return wrong;
}

static const char *network_type_line(struct interface_ospf *ospf, struct words words)
{
	if (words.no || (words.count > 3 && is(words.word[3], "broadcast", 1))) {
		ospf->point_to_point = false;
		return NULL;
	}
	if (words.count < 4)
		return incomplete_line;
	if (!is(words.word[3], "point-to-point", 10))
		return "only broadcast and point-to-point are supported";
	ospf->point_to_point = true;
	return NULL;
}

static const char *ospf_interface_line(struct interface_ospf *ospf, struct words words)
{
	const char *what;

	if (words.count < 3)
		return incomplete_line;
	what = words.word[2];
	if (is(what, "cost", 1))
		return number_word(words, 65535, &ospf->cost);
	if (is(what, "hello-interval", 1))
		return number_word(words, 65535, &ospf->hello);
	if (is(what, "dead-interval", 2))
		return number_word(words, 65535, &ospf->dead);
	if (is(what, "network", 1))
		return network_type_line(ospf, words);
	if (is(what, "priority", 2)) {
		ospf->has_priority = !words.no;
		if (words.no)
			return NULL;
		if (words.count == 4 && parse_number(words.word[3], 0, 255, &ospf->priority))
			return NULL;
		ospf->has_priority = false;
		return words.count < 4 ? incomplete_line : unknown_line;
	}
	if (is(what, "authentication-key", 15)) {
		if (words.no) {
			ospf->key[0] = 0;
			return NULL;
		}
		return key_word(words, 3, ospf->key, 8);
	}
	if (is(what, "authentication", 2))
		return authentication_line(ospf, words);
	if (is(what, "message-digest-key", 1))
		return digest_line(ospf, words);
	return unknown_line;
}

/* ipv6 address ADDRESS/LENGTH */
static const char *address6_line(struct interface *interface, struct words words)
{
	struct address6 address;
	struct in6_addr in;
	char *slash;
	unsigned at = 0;

	memset(&address, 0, sizeof address);
	if (words.no && words.count == 2) {
		interface->address6_count = 0;
		return NULL;
	}
	if (words.count < 3)
		return incomplete_line;
	slash = strchr(words.word[2], '/');
	if (words.count > 3 || slash == NULL || !parse_number(slash + 1, 1, 128, &address.length))
		return unknown_line;
	*slash = 0;
	if (inet_pton(AF_INET6, words.word[2], &in) != 1)
		return unknown_line;
	inet_ntop(AF_INET6, &in, address.text, sizeof address.text);
	while (at < interface->address6_count && memcmp(&interface->addresses6[at], &address, sizeof address) != 0)
		at++;
	if (words.no) {
		if (at == interface->address6_count)
			return "there is no such address";
		interface->address6_count--;
		memmove(&interface->addresses6[at], &interface->addresses6[at + 1],
			(interface->address6_count - at) * sizeof address);
	} else if (at == interface->address6_count) {
		if (at == ADDRESSES)
			return "too many addresses";
		interface->addresses6[interface->address6_count++] = address;
	}
	return NULL;
}

static const char *description_line(struct interface *interface, struct words words)
{
	const char *text = words.rest + strspn(words.rest, " \t");

	interface->description[0] = 0;
	if (!words.no)
		snprintf(interface->description, sizeof interface->description, "%s", text);
	return NULL;
}

/* What needs nothing done on an Ethernet port of this machine. */
static bool without_effect(struct words words)
{
	static const char *const names[] = {"duplex", "speed", "half-duplex", "full-duplex", "media-type", "keepalive",
		"bandwidth", "load-interval", "cdp", "mop"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (is(words.word[0], names[i], 3))
			return true;
	if (words.no && words.count > 1 && is(words.word[0], "ip", 2))
		return is(words.word[1], "directed-broadcast", 3) || is(words.word[1], "route-cache", 7)
			|| is(words.word[1], "mroute-cache", 3) || is(words.word[1], "redirects", 3);
	return false;
}

const char *interface_line(struct parser *parser, struct words words)
{
	struct interface *interface = parser->interface;

	if (is(words.word[0], "ip", 2) && words.count > 1) {
		if (is(words.word[1], "address", 3))
			return address_line(interface, words);
		if (is(words.word[1], "ospf", 1))
			return ospf_interface_line(&interface->ospf, words);
	}
	if (is(words.word[0], "ipv6", 4) && words.count > 1) {
		if (is(words.word[1], "address", 3))
			return address6_line(interface, words);
		if (is(words.word[1], "enable", 2))
			return NULL;
	}
	if (is(words.word[0], "shutdown", 3) && words.count == 1) {
		interface->shutdown = !words.no;
		return NULL;
	}
	if (is(words.word[0], "description", 3))
		return description_line(interface, words);
	if (is(words.word[0], "mtu", 3)) {
		if (words.no) {
			interface->mtu = 0;
			return NULL;
		}
		if (words.count < 2)
			return incomplete_line;
		/* Tulip cards take no longer frames; less than 576 is no use to IP. */
		return words.count == 2 && parse_number(words.word[1], 576, 1500, &interface->mtu) ? NULL
			: "the mtu is 576 to 1500";
	}
	return without_effect(words) ? NULL : unknown_line;
}
