/* From one configuration to another: commands for the shell. They say what has changed only, so that traffic that is not
 * concerned goes on. */
#include "config.h"

#include <string.h>

static bool has_address(const struct interface *interface, const struct address *wanted)
{
	for (unsigned i = 0; interface && i < interface->address_count; i++)
		if (interface->addresses[i].address == wanted->address && interface->addresses[i].mask == wanted->mask)
			return true;
	return false;
}

static bool has_address6(const struct interface *interface, const struct address6 *wanted)
{
	for (unsigned i = 0; interface && i < interface->address6_count; i++)
		if (memcmp(&interface->addresses6[i], wanted, sizeof *wanted) == 0)
			return true;
	return false;
}

/* A loopback interface is an address of the one that Linux has; shutting it down takes the address away. */
static const struct interface *effective(const struct interface *interface)
{
	return interface && interface->loopback && interface->shutdown ? NULL : interface;
}

static void remove_old(const struct interface *old, const struct interface *new, struct text *out)
{
	for (unsigned i = 0; old && i < old->address_count; i++)
		if (!has_address(new, &old->addresses[i]))
			add(out, "ip address delete " DOTTED "/%u dev %s\n", DOTS(old->addresses[i].address),
				mask_length(old->addresses[i].mask), old->device);
	for (unsigned i = 0; old && i < old->address6_count; i++)
		if (!has_address6(new, &old->addresses6[i]))
			add(out, "ip -6 address delete %s/%u dev %s\n", old->addresses6[i].text, old->addresses6[i].length,
				old->device);
}

static void add_new(const struct interface *old, const struct interface *new, struct text *out)
{
	for (unsigned i = 0; new && i < new->address_count; i++) {
		const struct address *address = &new->addresses[i];
		unsigned length = mask_length(address->mask);

		if (!has_address(old, address))
			add(out, "ip address add " DOTTED "/%u%s dev %s\n", DOTS(address->address), length,
				length < 31 && !new->loopback ? " broadcast +" : "", new->device);
	}
	for (unsigned i = 0; new && i < new->address6_count; i++)
		if (!has_address6(old, &new->addresses6[i]))
			add(out, "ip -6 address add %s/%u dev %s\n", new->addresses6[i].text, new->addresses6[i].length, new->device);
}

/* OLD or NEW may be missing. */
static void change_interface(const struct interface *old, const struct interface *new, struct text *out)
{
	unsigned old_mtu = old && old->mtu ? old->mtu : 1500;
	unsigned new_mtu = new && new->mtu ? new->mtu : 1500;
	bool old_up = old && !old->shutdown;
	bool new_up = new && !new->shutdown;
	const struct interface *any = new ? new : old;

	remove_old(effective(old), effective(new), out);
	if (!any->loopback && old_mtu != new_mtu)
		add(out, "ip link set dev %s mtu %u\n", any->device, new_mtu);
	if (!any->loopback && old_up && !new_up)
		add(out, "ip link set dev %s down\n", any->device);
	add_new(effective(old), effective(new), out);
	if (!any->loopback && !old_up && new_up)
		add(out, "ip link set dev %s up\n", any->device);
}

static const struct interface *counterpart(const struct config *config, const struct interface *interface)
{
	return find_interface((struct config *)config, interface->name);
}

static void change_name_servers(const struct config *from, const struct config *to, struct text *out)
{
	if (from->name_server_count == to->name_server_count
		&& memcmp(from->name_servers, to->name_servers, sizeof from->name_servers[0] * to->name_server_count) == 0)
		return;
	add(out, ": >/etc/resolv.conf\n");
	for (unsigned i = 0; i < to->name_server_count; i++)
		add(out, "echo nameserver " DOTTED " >>/etc/resolv.conf\n", DOTS(to->name_servers[i]));
}

void print_changes(const struct config *from, const struct config *to, bool (*present)(const char *device), struct text *out)
{
	if (strcmp(from->hostname, to->hostname) != 0)
		add(out, "hostname %s\n", to->hostname);
	change_name_servers(from, to, out);
	/* Addresses first leave all interfaces, so that one can move from one to another. */
	for (unsigned i = 0; i < from->interface_count; i++) {
		const struct interface *old = &from->interfaces[i];

		if (counterpart(to, old) == NULL && (!present || present(old->device)))
			change_interface(old, NULL, out);
	}
	for (unsigned i = 0; i < to->interface_count; i++) {
		const struct interface *new = &to->interfaces[i];

		if (!present || present(new->device))
			change_interface(counterpart(from, new), new, out);
	}
}
