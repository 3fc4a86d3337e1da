/* IP packets that the forwarding loop does not finish: local delivery, errors, unknown destinations. */
#include "forwarder.h"

#define VERSION_AND_LENGTH 0x45u
#define DEFAULT_TTL 255
#define BROADCAST 0xFFFFFFFFu
#define CLASS_D 0xE0000000u

struct descriptor *spare;

u8 *spare_frame(void)
{
	return (u8 *)KSEG1(spare->buffer);
}

u32 checksum(const void *data, u32 length, u32 sum)
{
	const u16 *p = data;

	for (; length > 1; length -= 2)
		sum += *p++;
	if (length)
		sum += (u32)*(const u8 *)p << 8;
	sum = (sum & 0xFFFF) + (sum >> 16);
	return (sum & 0xFFFF) + (sum >> 16);
}

struct port *port_with_address(u32 address)
{
	for (u32 i = 0; i < port_count; i++)
		if (ports[i].address && ports[i].up && ports[i].address == address)
			return &ports[i];
	return NULL;
}

static int is_subnet_broadcast(const struct port *port, u32 address)
{
	return port->address && port->mask < 0xFFFFFFFE && address == (port->address | ~port->mask);
}

static int is_for_us(const struct port *in, u32 destination)
{
	return destination == BROADCAST || is_subnet_broadcast(in, destination) || port_with_address(destination);
}

static u32 header_length(const struct ip_header *ip)
{
	return (ip->version_length & 15) * 4u;
}

static int is_sound(const struct ip_header *ip, u32 length)
{
	u32 header = header_length(ip);

	return length >= ETHERNET_HEADER + IP_HEADER && ip->version_length >> 4 == 4 && header >= IP_HEADER
		&& ip->length >= header && ip->length + ETHERNET_HEADER <= length
		&& checksum(ip, header, 0) == 0xFFFF;
}

static void deliver(struct port *in, struct descriptor *holder, u8 *frame, u32 length)
{
	struct ip_header *ip = IP_OF(frame);

	in->counters.local++;
	if (ip->fragment & 0x3FFF)
		return;			/* nothing here reassembles */
	if (ip->protocol == PROTOCOL_ICMP)
		receive_icmp(in, holder, frame, length);
	else if (port_with_address(ADDRESS(ip->destination)))
		send_icmp_error(ICMP_UNREACHABLE,
			ip->protocol == 6 || ip->protocol == 17 ? UNREACHABLE_PORT : UNREACHABLE_PROTOCOL, frame);
}

static void lower_ttl(struct ip_header *ip)
{
	u32 sum = ip->sum + 0x0100u;

	ip->ttl--;
	ip->sum = (u16)(sum + (sum >> 16));
}

void receive_ip(struct port *in, struct descriptor *holder, u8 *frame, u32 length)
{
	struct ip_header *ip = IP_OF(frame);
	u32 destination = ADDRESS(ip->destination);

	if (!is_sound(ip, length)) {
		in->counters.rx_bad_ip++;
	} else if (is_for_us(in, destination)) {
		deliver(in, holder, frame, length);
	} else if (frame[0] & 1 || destination >= CLASS_D || destination >> 24 == 127 || destination >> 24 == 0) {
		in->counters.rx_unknown++;
	} else if (ip->ttl <= 1) {
		in->counters.expired++;
		send_icmp_error(ICMP_EXPIRED, 0, frame);
	} else {
		in->counters.forwarded++;
		lower_ttl(ip);
		send_ip(holder, length, 1);
	}
}

void send_ip(struct descriptor *holder, u32 length, int forwarded)
{
	u8 *frame = (u8 *)KSEG1(holder->buffer);
	u32 destination = ADDRESS(IP_OF(frame)->destination);
	const struct route *route = find_route(destination);

	if (route == NULL) {
		if (forwarded)
			send_icmp_error(ICMP_UNREACHABLE, UNREACHABLE_NET, frame);
		ports[0].counters.no_route++;
		return;
	}
	if (is_subnet_broadcast(route->out, destination) || (destination == route->network && route->mask < 0xFFFFFFFE
		&& route->gateway == 0))
		return;			/* no directed broadcasts */
	send_to_neighbour(route->out, route->gateway ? route->gateway : destination, holder, length, forwarded);
}

void finish_ip_header(u8 *frame, u32 protocol, u32 source, u32 destination, u32 payload)
{
	static u16 next_id;
	struct ip_header *ip = IP_OF(frame);

	ip->version_length = VERSION_AND_LENGTH;
	ip->service = 0;
	ip->length = (u16)(IP_HEADER + payload);
	ip->id = ++next_id;
	ip->fragment = 0;
	ip->ttl = DEFAULT_TTL;
	ip->protocol = (u8)protocol;
	ip->sum = 0;
	ip->source[0] = (u16)(source >> 16);
	ip->source[1] = (u16)source;
	ip->destination[0] = (u16)(destination >> 16);
	ip->destination[1] = (u16)destination;
	ip->sum = (u16)~checksum(ip, IP_HEADER, 0);
}
