/* ICMP: echo replies, errors, and the ping command. */
#include "forwarder.h"

#define ECHO_REPLY 0
#define ECHO_REQUEST 8
#define ICMP_HEADER 8u
#define QUOTED_PAYLOAD 8u
#define ERRORS_PER_SECOND 1000u
#define PING_COUNT 5u
#define PING_PAYLOAD 72u
#define PING_ID 0x7200u
#define PING_SECONDS 2u

struct icmp {
	u8 type, code;
	u16 sum;
	u16 id, sequence;
	u8 data[];
};

static u32 error_allowance = ERRORS_PER_SECOND;

static struct {
	u32 destination;
	u32 sequence;		/* of the request that waits for its reply */
	u32 sent_at, replied_at;	/* Count */
	u8 replied;
} pinging;

void refill_error_allowance(void)
{
	error_allowance = ERRORS_PER_SECOND;
}

static struct icmp *icmp_of(u8 *frame)
{
	return (struct icmp *)(frame + ETHERNET_HEADER + (IP_OF(frame)->version_length & 15) * 4u);
}

static void pad(u8 *frame, u32 *length)
{
	while (*length < 60)
		frame[(*length)++] = 0;
}

/* Turns the request into its reply where it lies and sends it. */
static void answer_echo(struct descriptor *holder, u8 *frame, u32 length)
{
	struct ip_header *ip = IP_OF(frame);
	struct icmp *icmp = icmp_of(frame);
	u32 source = ADDRESS(ip->source);
	u32 destination = ADDRESS(ip->destination);
	u32 size = (ip->version_length & 15) * 4u;

	if (port_with_address(destination) == NULL)
		return;			/* broadcast pings are not answered */
	icmp->type = ECHO_REPLY;
	icmp->sum = 0;
	icmp->sum = (u16)~checksum(icmp, ip->length - size, 0);
	ip->ttl = 255;
	ip->source[0] = (u16)(destination >> 16);
	ip->source[1] = (u16)destination;
	ip->destination[0] = (u16)(source >> 16);
	ip->destination[1] = (u16)source;
	ip->sum = 0;
	ip->sum = (u16)~checksum(ip, size, 0);
	send_ip(holder, length, 0);
}

void receive_icmp(struct port *in, struct descriptor *holder, u8 *frame, u32 length)
{
	struct ip_header *ip = IP_OF(frame);
	struct icmp *icmp = icmp_of(frame);
	u32 size = ip->length - (ip->version_length & 15) * 4u;

	if (size < ICMP_HEADER || checksum(icmp, size, 0) != 0xFFFF) {
		in->counters.rx_bad_ip++;
		return;
	}
	if (icmp->type == ECHO_REQUEST && icmp->code == 0) {
		answer_echo(holder, frame, length);
	} else if (icmp->type == ECHO_REPLY && icmp->id == PING_ID && icmp->sequence == pinging.sequence
		&& ADDRESS(ip->source) == pinging.destination && !pinging.replied) {
		pinging.replied = 1;
		pinging.replied_at = MFC0(CP0_COUNT);
	}
}

/* No errors about errors, broadcasts, fragments other than the first, or senders that are no single host. */
static int deserves_error(u8 *frame)
{
	struct ip_header *ip = IP_OF(frame);
	u32 source = ADDRESS(ip->source);

	if (frame[0] & 1 || ip->fragment & 0x1FFF || source == 0 || source >= 0xE0000000u || source >> 24 == 127)
		return 0;
	if (ip->protocol == PROTOCOL_ICMP) {
		u32 type = icmp_of(frame)->type;

		return type == ECHO_REPLY || type == ECHO_REQUEST || type == 13 || type == 14;
	}
	return 1;
}

void send_icmp_error(u32 type, u32 code, const u8 *about)
{
	struct ip_header *original = IP_OF((u8 *)about);
	u32 source = ADDRESS(original->source);
	const struct route *route = find_route(source);
	u32 quoted = (original->version_length & 15) * 4u + QUOTED_PAYLOAD;
	u8 *frame = spare_frame();
	struct icmp *icmp;
	u32 length;

	if (!deserves_error((u8 *)about) || route == NULL || error_allowance == 0)
		return;
	error_allowance--;
	if (quoted > original->length)
		quoted = original->length;
	finish_ip_header(frame, PROTOCOL_ICMP, route->out->address, source, ICMP_HEADER + quoted);
	icmp = icmp_of(frame);
	icmp->type = (u8)type;
	icmp->code = (u8)code;
	icmp->sum = 0;
	icmp->id = 0;
	icmp->sequence = 0;
	for (u32 i = 0; i < quoted; i++)
		icmp->data[i] = ((u8 *)original)[i];
	icmp->sum = (u16)~checksum(icmp, ICMP_HEADER + quoted, 0);
	length = ETHERNET_HEADER + IP_HEADER + ICMP_HEADER + quoted;
	pad(frame, &length);
	send_ip(spare, length, 0);
}

/* --- The ping command ---------------------------------------------------------------------------------------- */

static void send_request(const struct route *route)
{
	u8 *frame = spare_frame();
	struct icmp *icmp;

	finish_ip_header(frame, PROTOCOL_ICMP, route->out->address, pinging.destination, ICMP_HEADER + PING_PAYLOAD);
	icmp = icmp_of(frame);
	icmp->type = ECHO_REQUEST;
	icmp->code = 0;
	icmp->sum = 0;
	icmp->id = PING_ID;
	icmp->sequence = (u16)++pinging.sequence;
	for (u32 i = 0; i < PING_PAYLOAD; i++)
		icmp->data[i] = (u8)i;
	icmp->sum = (u16)~checksum(icmp, ICMP_HEADER + PING_PAYLOAD, 0);
	pinging.sequence &= 0xFFFF;
	pinging.replied = 0;
	pinging.sent_at = MFC0(CP0_COUNT);
	send_ip(spare, ETHERNET_HEADER + IP_HEADER + ICMP_HEADER + PING_PAYLOAD, 0);
}

/* Waits for the reply; -1 if the user stopped it. */
static int wait_for_reply(void)
{
	while (!pinging.replied && MFC0(CP0_COUNT) - pinging.sent_at < PING_SECONDS * count_hz)
		if (run_network() && console_interrupted())
			return -1;
	return pinging.replied;
}

void ping(u32 destination)
{
	const struct route *route = find_route(destination);
	u32 replies = 0;
	u32 sent = 0;
	u32 longest = 0;

	if (port_with_address(destination)) {
		print("That is an address of this router.\n");
		return;
	}
	if (route == NULL) {
		print("There is no route to that address.\n");
		return;
	}
	pinging.destination = destination;
	for (; sent < PING_COUNT; sent++) {
		int reply;

		send_request(route);
		reply = wait_for_reply();
		if (reply < 0)
			break;
		print("%c", reply ? '!' : '.');
		if (reply) {
			u32 time = (pinging.replied_at - pinging.sent_at) / (count_hz / 1000000 + 1);

			longest = time > longest ? time : longest;
			replies++;
		}
	}
	pinging.destination = 0;
	print("\nSuccess rate is %u percent (%u/%u)", sent ? replies * 100 / sent : 0, replies, sent);
	if (replies)
		print(", longest round trip %u us", longest);
	print("\n");
}
