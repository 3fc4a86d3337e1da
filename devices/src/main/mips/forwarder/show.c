/* The show commands. */
#include "forwarder.h"

void list_interfaces(void)
{
	for (u32 i = 0; i < port_count; i++) {
		const struct port *p = &ports[i];

		print("%-18s", p->name);
		if (p->address) {
			print_address(p->address);
			print("/");
			print_address(p->mask);
		} else {
			print("no address");
		}
		print("  %s, link %s\n", p->up ? "enabled" : "shut down", link_is_up(p) ? "up" : "down");
	}
	if (port_count == 0)
		print("No Ethernet controllers found.\n");
}

/* 64-bit numbers are printed in two decimal parts. */
static void print_count(u64 n)
{
	const u64 part = 1000000000;

	if (n >= part)
		print("%u%09u", (u32)(n / part), (u32)(n % part));
	else
		print("%u", (u32)n);
}

static void show_interface(const struct port *p)
{
	const struct counters *c = &p->counters;

	print("%s is %s, line protocol is %s\n", p->name, p->up ? "up" : "administratively down",
		p->up && link_is_up(p) ? "up" : "down");
	print("  Hardware is DEC21140, address is %02x%02x.%02x%02x.%02x%02x\n", p->mac[0], p->mac[1], p->mac[2],
		p->mac[3], p->mac[4], p->mac[5]);
	if (p->address) {
		print("  Internet address is ");
		print_address(p->address);
		print(" mask ");
		print_address(p->mask);
		print("\n");
	}
	print("     ");
	print_count(c->rx_frames);
	print(" packets input, ");
	print_count(c->rx_bytes);
	print(" bytes\n     %u input errors, %u tagged, %u unknown, %u bad IP\n     ", c->rx_errors, c->rx_tagged,
		c->rx_unknown, c->rx_bad_ip);
	print_count(c->tx_frames);
	print(" packets output, ");
	print_count(c->tx_bytes);
	print(" bytes\n     %u output drops\n", c->tx_drops);
}

void show_interfaces(void)
{
	for (u32 i = 0; i < port_count; i++)
		show_interface(&ports[i]);
}

static void show_counters(void)
{
	print("%-18s %12s %12s %12s %10s\n", "Interface", "In", "Out", "Forwarded", "Dropped");
	for (u32 i = 0; i < port_count; i++) {
		const struct counters *c = &ports[i].counters;

		print("%-18s %12u %12u %12u %10u\n", ports[i].name, (u32)c->rx_frames, (u32)c->tx_frames,
			(u32)c->forwarded, c->tx_drops + c->rx_errors + c->rx_bad_ip + c->no_arp);
		print("%-18s local %u, TTL expired %u, no route %u, no answer to ARP %u, tagged %u, unknown %u\n", "",
			(u32)c->local, c->expired, c->no_route, c->no_arp, c->rx_tagged, c->rx_unknown);
	}
}

static void show_version(void)
{
	print("Xenomips test forwarder for the Cisco 7200\n");
	print("Processor 0x%08x, %u MB of memory, %u KB of NVRAM, Count at %u kHz\n", MFC0(CP0_PRID), REMOTE_RAM_MB,
		REMOTE_NVRAM_KB, count_hz / 1000);
	print("Up %u seconds, %u FastEthernet interfaces\nConfiguration register is 0x%04x\n", uptime, port_count,
		REMOTE_CONFREG);
}

static void show_startup(void)
{
	static char text[8192];
	int length = read_startup(text, sizeof text - 1);

	if (length < 0)
		print("The startup configuration is too long, or not plain text.\n");
	else if (length == 0)
		print("There is no startup configuration in use.\n");
	else {
		text[length] = 0;
		print("%s", text);
	}
}

void show_command(int argc, char **argv)
{
	const char *what = argc > 0 ? argv[0] : "";
	int ip = same_word(what, "ip");

	if (ip)
		what = argc > 1 ? argv[1] : "";
	if (ip && abbreviates(what, "route"))
		show_routes();
	else if (ip && abbreviates(what, "interface"))
		list_interfaces();
	else if (abbreviates(what, "arp"))
		show_arp();
	else if (!ip && abbreviates(what, "interfaces"))
		show_interfaces();
	else if (!ip && abbreviates(what, "version"))
		show_version();
	else if (!ip && abbreviates(what, "counters"))
		show_counters();
	else if (!ip && abbreviates(what, "running-config"))
		write_configuration(print);
	else if (!ip && abbreviates(what, "startup-config"))
		show_startup();
	else
		print("show interfaces | ip route | ip interface | arp | counters | version | running-config | startup-config\n");
}
